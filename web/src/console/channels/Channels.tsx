import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Buffers } from './Buffers.tsx'
import css from './Channels.module.css'
import { Errors } from './Errors.tsx'
import { Mappings } from './Mappings.tsx'
import { OrderFile } from './OrderFile.tsx'
import { Shop } from './Shop.tsx'
import { Strangers } from './Strangers.tsx'

const tabs = ['shops', 'strangers', 'mappings', 'buffers', 'file'] as const
const rights: Record<string, string[]> = { buffers: ['stock:read'], file: ['orders:write', 'stock:write'] }

/** The shops: how it goes with each, what they call our goods, and what they may sell of them. */
export default function Channels() {
  const [url, change] = useUrlState()
  const strangers = useGet('list-strangers', {}, { follows: ['order', 'review', 'intake'] })
  const mine = tabs.filter(t => (rights[t] ?? []).every(may))
  const at = mine.find(t => t === url.tab) ?? 'shops'
  const waiting = strangers.data?.strangers.length
  return (
    <div className={css.whole}>
      <Tabs
        bar
        label={say('ui.screen.channels')}
        at={at}
        onGo={id => change({ tab: id === 'shops' ? undefined : id, channel: undefined, open: undefined })}
        tabs={mine.map(id => ({
          id,
          title: say(`ui.channels.tab_${id}`),
          ...(id === 'strangers' && waiting ? { count: String(waiting) } : {}),
        }))}
      />
      {at === 'shops' && <Shops open={url.open} onOpen={id => change({ open: id })} />}
      {at === 'strangers' && <Strangers />}
      {at === 'mappings' && <Mappings />}
      {at === 'buffers' && <Buffers />}
      {at === 'file' && (
        <div className={css.file}>
          <OrderFile />
        </div>
      )}
    </div>
  )
}

function Shops({ open, onOpen }: { open?: string; onOpen(id: string | undefined): void }) {
  const read = useGet('list-channels', {}, { every: 15_000, follows: ['channel'] })
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={8} />
  const list = read.data.channels
  if (list.length === 0) return <EmptyState title={say('ui.channels.none')} text={say('ui.channels.none_text')} />
  const shop = list.find(c => c.id === open)
  return (
    <div className={css.page}>
      {list.map(c => (
        <Shop key={c.id} c={c} reload={() => void read.refetch()} onErrors={() => onOpen(c.id)} />
      ))}
      {shop && <Errors shop={shop} onClose={() => onOpen(undefined)} />}
    </div>
  )
}
