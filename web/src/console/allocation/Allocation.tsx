import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { OrderSummary } from '../../api/types.gen.ts'
import { type ApiError, call, type Query } from '../../shared/api.ts'
import { queries, useList } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { runBulk } from '../../ui/jobs.ts'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useSelection } from '../../ui/selection.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import { TimeLeft, When } from '../../ui/When.tsx'
import css from './Allocation.module.css'
import { Outlook } from './Outlook.tsx'

const states = ['backordered', 'waiting'] as const

/** Orders that no warehouse ships yet, and for each what every warehouse could do. */
export default function Allocation() {
  const [url, change] = useUrlState()
  const state = states.find(s => s === url.view) ?? 'backordered'
  const sort = url.sort === 'placed' ? undefined : 'deadline'
  const query = { fulfilment: state, ...(sort && { sort }) } as Query<'list-orders'>
  const list = useList('list-orders', query, p => p.orders, { follows: ['allocation', 'order', 'stock'] })
  const selection = useSelection()
  const [failures, setFailures] = useState<ReadonlyMap<string, ApiError>>(new Map())
  const again = async () => {
    const chosen = list.rows.filter(o => selection.chosen.has(o.id))
    const out = await runBulk(
      say('ui.allocation.again'),
      chosen,
      o => o.id,
      o => call('allocate-order', { path: { id: o.id }, body: {} }),
    )
    setFailures(out.failures)
    selection.set([...out.failures.keys()])
    void queries.invalidateQueries()
  }
  return (
    <div className={css.page}>
      <Tabs
        bar
        label={say('ui.screen.allocation')}
        at={state}
        onGo={id => change({ view: id === 'backordered' ? undefined : id, open: undefined })}
        tabs={states.map(id => ({ id, title: say(`ui.allocation.${id}`) }))}
      />
      <DataGrid
        name="allocation"
        label={say('ui.screen.allocation')}
        columns={columns()}
        list={list}
        keyOf={o => o.id}
        onOpen={o => change({ open: o.id })}
        sort={sort ?? 'placed'}
        onSort={to => change({ sort: to })}
        selection={may('orders:write') ? selection : undefined}
        failures={failures}
        bulk={
          <Button tone="primary" icon={<RefreshCw size={14} />} onClick={() => void again()}>
            {say('ui.allocation.again')}
          </Button>
        }
        exports={{ list: 'list-orders', query }}
        empty={<EmptyState title={say(`ui.allocation.none_${state}`)} text={say('ui.allocation.none_text')} />}
      />
      {url.open && (
        <Outlook
          id={url.open}
          row={list.rows.find(o => o.id === url.open)}
          onClose={() => change({ open: undefined })}
        />
      )}
    </div>
  )
}

const columns = (): Column<OrderSummary>[] => [
  {
    key: 'no',
    title: say('ui.orders.no'),
    width: '200px',
    cell: o => (
      <a href={`/orders/${o.id}`} className="code">
        {o.external_no}
      </a>
    ),
  },
  {
    key: 'state',
    title: say('ui.orders.state'),
    width: '140px',
    cell: o => <StateBadge area="order.fulfilment" value={o.fulfilment} />,
  },
  {
    key: 'deadline',
    title: say('ui.orders.deadline'),
    width: '116px',
    num: true,
    sort: 'deadline',
    cell: o => <TimeLeft until={o.deadline ?? o.ship_by} />,
  },
  { key: 'lines', title: say('ui.allocation.lines'), width: '80px', num: true, cell: o => o.lines },
  { key: 'units', title: say('ui.orders.units'), width: '80px', num: true, cell: o => o.units },
  {
    key: 'to',
    title: say('ui.orders.recipient'),
    width: 'minmax(160px, 1fr)',
    cell: o => [o.recipient, o.province, o.city].filter(Boolean).join(' '),
  },
  {
    key: 'channel',
    title: say('ui.orders.channel'),
    width: '170px',
    cell: o => [o.channel, o.shop].filter(Boolean).join(' / '),
  },
  {
    key: 'placed',
    title: say('ui.orders.placed'),
    width: '130px',
    sort: 'placed',
    cell: o => <When at={o.placed_at} as="clock" />,
  },
]
