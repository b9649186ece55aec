import { Check, Pause } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { ApiError } from '../../shared/api.ts'
import { call } from '../../shared/api.ts'
import { queries, useGet, useList } from '../../shared/query.ts'
import { may, useMe } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ColumnPicker } from '../../ui/ColumnPicker.tsx'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { type Outcome, runBulk } from '../../ui/jobs.ts'
import { ListBar } from '../../ui/ListBar.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useSelection } from '../../ui/selection.ts'
import { toast } from '../../ui/Toast.tsx'
import { useViews } from '../../ui/views.ts'
import { manual } from './acts.ts'
import { columns, type Row } from './columns.tsx'
import css from './Orders.module.css'
import { trail } from './trail.ts'
import { builtIn, fields, filters, queryOf } from './views.ts'

/** Orders: the queues as views with counts, filters, search, acts on many, export. */
export default function Orders() {
  const [, navigate] = useLocation()
  const { currency } = useMe()
  const counts = useGet('count-orders', {}, { follows: ['order', 'review', 'allocation', 'wave', 'ship'] })
  const views = useViews('orders', builtIn(counts.data), fields)
  const list = useOrders(views.filters)
  const selection = useSelection()
  const [failures, setFailures] = useState<ReadonlyMap<string, ApiError>>(new Map())
  const shown = useMemo(() => columns(currency), [currency])
  const shownFor = JSON.stringify(views.filters)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other filters are other rows, and what was selected is out of sight
  useEffect(() => {
    selection.clear()
    setFailures(new Map())
  }, [shownFor])
  useEffect(() => trail.set(list.rows.map(o => o.id)), [list.rows])

  const many = async (title: string, each: (id: string) => Promise<unknown>) => {
    const out = await runBulk(title, [...selection.chosen], id => id, each)
    setFailures(out.failures)
    selection.set(out.failures.keys())
    void queries.invalidateQueries()
    tell(title, out)
  }
  return (
    <div className={css.page}>
      <ListBar
        label={say('ui.screen.orders')}
        views={views}
        filters={filters()}
        search="q"
        tools={<ColumnPicker name="orders" columns={shown} />}
      />
      <DataGrid
        name="orders"
        label={say('ui.screen.orders')}
        columns={shown}
        list={list}
        keyOf={o => o.id}
        onOpen={o => navigate(`/orders/${o.id}`)}
        sort={views.filters.sort}
        onSort={sort => views.filter('sort', sort)}
        selection={may('orders:write') ? selection : undefined}
        failures={failures}
        exports={
          (views.filters.q ?? '').length >= 2
            ? { list: 'search-orders', query: { q: views.filters.q } }
            : { list: 'list-orders', query: queryOf(views.filters) }
        }
        empty={
          <EmptyState
            title={say('ui.orders.none')}
            text={say(views.changed ? 'ui.orders.none_filtered' : 'ui.orders.none_here')}
          />
        }
        bulk={
          <>
            <Button
              icon={<Check size={14} />}
              onClick={() =>
                void many(say('ui.orders.approving'), id => call('approve-order', { path: { id }, body: {} }))
              }
            >
              {say('ui.order.approve')}
            </Button>
            <Button
              icon={<Pause size={14} />}
              onClick={() =>
                void many(say('ui.orders.holding'), id =>
                  call('hold-order', { path: { id }, body: { reason: manual } }),
                )
              }
            >
              {say('ui.order.hold')}
            </Button>
          </>
        }
      />
    </div>
  )
}

function tell(title: string, out: Outcome) {
  toast(say('ui.orders.many_done', { act: title, done: out.done.length, failed: out.failures.size }))
}

/** The orders of the filters; with something to search for, those that are found. */
function useOrders(f: Record<string, string>) {
  const searching = (f.q ?? '').length >= 2
  const listed = useList('list-orders', queryOf(f), p => p.orders as Row[], {
    enabled: !searching,
    follows: ['order', 'review', 'allocation', 'ship', 'track', 'flow'],
  })
  const found = useList('search-orders', { q: f.q }, p => p.orders as Row[], { enabled: searching, window: 50 })
  return searching ? found : listed
}
