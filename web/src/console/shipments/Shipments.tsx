import { useLocation } from 'wouter'
import type { Query } from '../../shared/api.ts'
import { useGet, useList } from '../../shared/query.ts'
import { useStore } from '../../shared/store.ts'
import { useUrlState } from '../../shared/url.ts'
import { warehouse } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { ColumnPicker } from '../../ui/ColumnPicker.tsx'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { ListBar } from '../../ui/ListBar.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useViews, type View } from '../../ui/views.ts'
import { columns, type Row } from './columns.tsx'
import { ShipmentDrawer } from './ShipmentDrawer.tsx'
import css from './Shipments.module.css'

const kinds = ['any', 'lost', 'stuck', 'promise', 'failed', 'returning', 'unlabelled']
const most = 1000

/** Parcels with which something is wrong, by what it is; each with its age and what may be done. */
export default function Shipments() {
  const node = useStore(warehouse)
  const [, navigate] = useLocation()
  const [url, change] = useUrlState()
  const counts = useGet('count-shipments', { query: node ? { node } : {} }, { follows: ['ship', 'track'] })
  const views = useViews('shipments', builtIn(counts.data?.views), ['trouble', 'carrier'])
  const { trouble, carrier } = views.filters
  const query = { view: trouble, ...(carrier && { carrier }), ...(node && { node }) } as Query<'list-shipments'>
  const list = useList('list-shipments', query, p => p.shipments as Row[], { follows: ['ship', 'track', 'aftersales'] })
  const shown = columns()
  const open = list.rows.find(s => s.id === url.open)
  const carriers = useGet('list-rates', {})
  const names = [...new Set(carriers.data?.rates.map(r => r.carrier))].sort()
  return (
    <div className={css.page}>
      <ListBar
        label={say('ui.screen.shipments')}
        views={views}
        filters={[
          { name: 'carrier', label: say('ui.shipments.carrier'), options: names.map(c => ({ value: c, text: c })) },
        ]}
        tools={<ColumnPicker name="shipments" columns={shown} />}
      />
      <DataGrid
        name="shipments"
        label={say('ui.screen.shipments')}
        columns={shown}
        list={list}
        keyOf={s => s.id}
        onOpen={s => change({ open: s.id })}
        exports={{ list: 'list-shipments', query }}
        empty={<EmptyState title={say('ui.shipments.none')} text={say('ui.shipments.none_text')} />}
      />
      {url.open && (
        <ShipmentDrawer
          id={url.open}
          row={open}
          onClose={() => change({ open: undefined })}
          onOrder={id => navigate(`/orders/${id}`)}
        />
      )}
    </div>
  )
}

function builtIn(counts: Record<string, number> | undefined): View[] {
  const count = (id: string) => {
    const n = counts?.[id]
    return n === undefined ? undefined : n >= most ? `${most}+` : String(n)
  }
  return kinds.map(id => ({ id, title: say(`ui.shipments.view.${id}`), filters: { trouble: id }, count: count(id) }))
}
