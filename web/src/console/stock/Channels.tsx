import { useQueries } from '@tanstack/react-query'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Table } from '../../ui/Card.tsx'
import { EmptyState, ErrorState, NoRight, Skeleton } from '../../ui/States.tsx'

/** What each channel may sell, after what is held back from it. */
export function Channels({ sku }: { sku: string }) {
  const allowed = may('orders:read')
  const list = useGet('list-channels', {}, { enabled: allowed })
  const names = [...new Set((list.data?.channels ?? []).map(c => c.name))]
  const offers = useQueries({
    queries: names.map(channel => ({
      queryKey: ['get-availability', sku, channel],
      queryFn: () => call('get-availability', { query: { sku: [sku], channel } }),
    })),
  })
  if (!allowed) return <NoRight right="orders:read" />
  if (list.error) return <ErrorState error={list.error} />
  if (!list.data || offers.some(o => o.isPending)) return <Skeleton rows={3} />
  if (names.length === 0) return <EmptyState title={say('ui.stock.no_channels')} />
  return (
    <Table
      head={[
        { title: say('ui.stock.channel') },
        { title: say('ui.stock.offered'), num: true },
        { title: say('ui.stock.held_back'), num: true },
      ]}
      rows={names.map((n, i) => {
        const o = offers[i]?.data?.skus[0]
        return {
          key: n,
          cells: [n, o ? number(o.offered) : '—', o ? number(Math.max(0, o.available - o.offered)) : '—'],
        }
      })}
    />
  )
}
