import type { LedgerEntry } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useList } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Table } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { When } from '../../ui/When.tsx'
import css from './Stock.module.css'

/** The book of a SKU, newest first: every move with both its sides. */
export function Ledger({ sku, node }: { sku: string; node?: string }) {
  const list = useList('list-ledger', { sku, node }, p => p.entries, { follows: ['stock', 'pick', 'ship'], window: 50 })
  if (list.error && list.rows.length === 0) return <ErrorState error={list.error} retry={list.reload} />
  if (list.loading) return <Skeleton rows={8} />
  if (list.rows.length === 0 && !list.more) return <EmptyState title={say('ui.stock.no_entries')} />
  return (
    <>
      <Table
        head={[
          { title: say('ui.stock.at') },
          { title: say('ui.stock.cause') },
          { title: say('ui.stock.quantity'), num: true },
          { title: say('ui.stock.from') },
          { title: say('ui.stock.to') },
          { title: say('ui.stock.lot') },
          { title: say('ui.stock.ref') },
        ]}
        rows={list.rows.map(e => ({
          key: e.id,
          cells: [
            <When key="at" at={e.at} as="clock" />,
            say(`ui.stock.cause.${e.cause}`),
            <Signed key="q" e={e} />,
            side(e.from_node, e.from, e.from_quality),
            side(e.to_node, e.to, e.to_quality),
            e.lot ?? '',
            e.ref ? <Copyable key="ref" text={e.ref} /> : '',
          ],
        }))}
      />
      <ExportButton list="list-ledger" query={{ sku, node }} />
      {list.more && (
        <Button className={css.more} busy={list.loadingMore} onClick={list.loadMore}>
          {say('ui.stock.more')}
        </Button>
      )}
    </>
  )
}

/** More in the house, less in the house, or only moved. */
function Signed({ e }: { e: LedgerEntry }) {
  if (e.from_node && e.to_node) return <span>{number(e.quantity)}</span>
  return <span className={e.to_node ? css.in : css.out}>{(e.to_node ? '+' : '−') + number(e.quantity)}</span>
}

function side(node: string | undefined, place: string, quality: string) {
  if (!node) return say(`ui.stock.outside.${place}`)
  const at = `${node} ${place}`
  return quality === 'good' ? at : `${at} · ${say(`ui.stock.quality.${quality}`)}`
}
