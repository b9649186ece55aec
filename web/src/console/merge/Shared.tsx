import { Undo2 } from 'lucide-react'
import { Link } from 'wouter'
import type { SharedParcel } from '../../api/types.gen.ts'
import { useKeys } from '../../shared/keys.ts'
import { useList } from '../../shared/query.ts'
import { may, useMe } from '../../shared/session.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { Money } from '../../ui/Money.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useSelection } from '../../ui/selection.ts'
import { toastError } from '../../ui/Toast.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import { separate } from './acts.ts'
import css from './Merge.module.css'

/** The parcels for several orders that are not packed; whoever thinks again takes them apart. */
export function Shared() {
  const { at } = useWarehouses()
  const { currency } = useMe()
  const selection = useSelection()
  const list = useList('list-together', at ? { node: at.code } : {}, p => p.parcels, {
    follows: ['order', 'pack', 'wave', 'pick'],
  })
  const mine = may('orders:write')
  const apart = () => {
    const chosen = list.rows.filter(p => selection.chosen.has(p.id))
    void Promise.all(chosen.map(p => separate(p.members.map(m => m.fulfilment)))).then(selection.clear, toastError)
  }
  useKeys({ s: apart }, !mine || selection.chosen.size === 0)
  return (
    <>
      <p className={css.note}>{say('ui.merge.shared_note')}</p>
      <DataGrid
        name="merge-shared"
        label={say('ui.merge.shared')}
        columns={columns(currency)}
        list={list}
        keyOf={p => p.id}
        selection={mine ? selection : undefined}
        bulk={
          <Button icon={<Undo2 size={14} />} keys="s" onClick={apart}>
            {say('ui.merge.separate')}
          </Button>
        }
        empty={<EmptyState title={say('ui.merge.none_shared')} text={say('ui.merge.none_shared_text')} />}
      />
    </>
  )
}

const columns = (currency: string): Column<SharedParcel>[] => [
  { key: 'node', title: say('ui.warehouse'), width: '110px', cell: p => <b>{p.node}</b> },
  { key: 'to', title: say('ui.orders.recipient'), width: '140px', cell: p => p.recipient },
  {
    key: 'orders',
    title: say('ui.merge.orders'),
    width: 'minmax(280px, 2fr)',
    cell: p => (
      <span className={css.members}>
        {p.members.map(m => (
          <Link key={m.fulfilment} href={`/orders/${m.order}`} className="code">
            {m.order_no}
          </Link>
        ))}
      </span>
    ),
  },
  {
    key: 'state',
    title: say('ui.orders.state'),
    width: '150px',
    cell: p => say('ui.merge.ready', { n: p.members.filter(m => m.status === 'picked').length, of: p.members.length }),
  },
  {
    key: 'by',
    title: say('ui.orders.deadline'),
    width: '120px',
    num: true,
    cell: p => <TimeLeft until={p.by} />,
  },
  {
    key: 'cost',
    title: say('ui.merge.cost_together'),
    width: '130px',
    num: true,
    cell: p => <Money amount={p.cost} currency={currency} />,
  },
  {
    key: 'saves',
    title: say('ui.merge.saves'),
    width: '150px',
    num: true,
    cell: p => (
      <b>
        <Money amount={p.saves} currency={currency} />
      </b>
    ),
  },
]
