import type { SameRecipient } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useList } from '../../shared/query.ts'
import { useMe } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { Money } from '../../ui/Money.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Group } from './Group.tsx'
import css from './Merge.module.css'

/** Orders of one recipient at one warehouse, with what one parcel would save. */
export default function Merge() {
  const [url, change] = useUrlState()
  const { at } = useWarehouses()
  const { currency } = useMe()
  const apart = url.view === 'apart'
  const list = useList(
    'list-same-recipients',
    { ...(at && { node: at.code }), ...(apart && { apart: 'yes' as const }) },
    p => p.groups,
    { follows: ['allocation', 'order', 'wave'] },
  )
  const open = list.rows.find(g => g.id === url.open)
  return (
    <div className={css.page}>
      <Tabs
        label={say('ui.screen.merge')}
        at={apart ? 'apart' : 'open'}
        onGo={id => change({ view: id === 'apart' ? 'apart' : undefined, open: undefined })}
        tabs={['open', 'apart'].map(id => ({ id, title: say(`ui.merge.${id}`) }))}
      />
      <p className={css.note}>{say('ui.merge.note')}</p>
      <DataGrid
        name="merge"
        label={say('ui.screen.merge')}
        columns={columns(currency)}
        list={list}
        keyOf={g => g.id}
        onOpen={g => change({ open: g.id })}
        empty={<EmptyState title={say('ui.merge.none')} text={say('ui.merge.none_text')} />}
      />
      {open && <Group group={open} currency={currency} onClose={() => change({ open: undefined })} />}
    </div>
  )
}

const columns = (currency: string): Column<SameRecipient>[] => [
  { key: 'node', title: say('ui.warehouse'), width: '110px', cell: g => <b>{g.node}</b> },
  {
    key: 'to',
    title: say('ui.orders.recipient'),
    width: 'minmax(160px, 1fr)',
    cell: g => [g.recipient, g.province, g.city].filter(Boolean).join(' '),
  },
  {
    key: 'orders',
    title: say('ui.merge.orders'),
    width: 'minmax(220px, 2fr)',
    cell: g => <span className="code">{[...new Set(g.orders.map(o => o.external_no))].join(' · ')}</span>,
  },
  { key: 'parcels', title: say('ui.merge.parcels'), width: '90px', num: true, cell: g => number(g.orders.length) },
  {
    key: 'cost',
    title: say('ui.merge.cost'),
    width: '130px',
    num: true,
    cell: g => <Money amount={g.cost} currency={currency} />,
  },
  {
    key: 'saves',
    title: say('ui.merge.saves'),
    width: '150px',
    num: true,
    cell: g => (
      <b>
        <Money amount={g.saves} currency={currency} />
      </b>
    ),
  },
  {
    key: 'state',
    title: say('ui.orders.state'),
    width: '130px',
    cell: g => (g.apart ? say('ui.merge.is_apart') : g.orders.some(o => o.holds > 0) ? say('ui.merge.is_held') : ''),
  },
]
