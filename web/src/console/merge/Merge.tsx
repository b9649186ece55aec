import { Package } from 'lucide-react'
import type { SameRecipient } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { useList } from '../../shared/query.ts'
import { may, useMe } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { Money } from '../../ui/Money.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useSelection } from '../../ui/selection.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import { toastError } from '../../ui/Toast.tsx'
import { putTogether } from './acts.ts'
import { Group } from './Group.tsx'
import css from './Merge.module.css'
import { Shared } from './Shared.tsx'

const views = ['open', 'apart', 'together'] as const

/** Orders of one recipient at one warehouse, with what one parcel would save, and the parcels that were asked for. */
export default function Merge() {
  const [url, change] = useUrlState()
  const view = views.find(v => v === url.view) ?? 'open'
  return (
    <div className={css.page}>
      <Tabs
        label={say('ui.screen.merge')}
        at={view}
        onGo={id => change({ view: id === 'open' ? undefined : id, open: undefined })}
        tabs={views.map(id => ({ id, title: say(`ui.merge.${id === 'together' ? 'shared' : id}`) }))}
      />
      {view === 'together' ? <Shared /> : <Groups key={view} apart={view === 'apart'} />}
    </div>
  )
}

function Groups({ apart }: { apart: boolean }) {
  const [url, change] = useUrlState()
  const { at } = useWarehouses()
  const { currency } = useMe()
  const selection = useSelection()
  const query = { ...(at && { node: at.code }), ...(apart && { apart: 'yes' as const }) }
  const list = useList('list-same-recipients', query, p => p.groups, { follows: ['allocation', 'order', 'wave'] })
  const open = list.rows.find(g => g.id === url.open)
  const mine = may('orders:write')
  const one = () =>
    void putTogether(list.rows.filter(g => selection.chosen.has(g.id))).then(
      refused => selection.set(refused.map(g => g.id)),
      toastError,
    )
  useKeys({ p: one }, !mine || selection.chosen.size === 0 || open !== undefined)
  return (
    <>
      <p className={css.note}>{say('ui.merge.note')}</p>
      <DataGrid
        name="merge"
        label={say('ui.screen.merge')}
        columns={columns(currency)}
        list={list}
        keyOf={g => g.id}
        onOpen={g => change({ open: g.id })}
        exports={{ list: 'list-same-recipients', query }}
        selection={mine ? selection : undefined}
        bulk={
          <Button tone="primary" icon={<Package size={14} />} keys="p" onClick={one}>
            {say('ui.merge.together')}
          </Button>
        }
        empty={<EmptyState title={say('ui.merge.none')} text={say('ui.merge.none_text')} />}
      />
      {open && <Group group={open} currency={currency} onClose={() => change({ open: undefined })} />}
    </>
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
