import { useEffect } from 'react'
import { call } from '../../shared/api.ts'
import { useKeys, useScan } from '../../shared/keys.ts'
import { useList } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { ColumnPicker } from '../../ui/ColumnPicker.tsx'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { ListBar } from '../../ui/ListBar.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { toastError } from '../../ui/Toast.tsx'
import { useViews, type View } from '../../ui/views.ts'
import { columns } from './columns.tsx'
import { SkuSheet } from './SkuSheet.tsx'
import css from './Stock.module.css'

const states = ['all', 'stocked', 'out', 'reserved', 'blocked', 'idle']
const fields = ['q', 'state']

/** Stock: what the warehouses have of every SKU; one of them opens with its places, its book, the past and the channels. */
export default function Stock() {
  const [url, change] = useUrlState()
  const { all, at } = useWarehouses()
  const views = useViews('stock', builtIn(), fields)
  const query = { query: views.filters.q, state: views.filters.state as 'out', node: at?.code }
  const list = useList('list-levels', query, p => p.levels, { follows: ['stock', 'allocation', 'pick', 'ship'] })
  const { rows, more, loadingMore, loadMore } = list
  useEffect(() => {
    // Of a long catalogue a stretch may hold nothing of the view, and more may come behind it.
    if (rows.length === 0 && more && !loadingMore) loadMore()
  }, [rows.length, more, loadingMore, loadMore])
  const shown = columns(at ? [at] : all, views.filters.state === 'idle')
  const open = (sku: string | undefined) => change({ open: sku, tab: undefined }, true)
  useScan(s => {
    call('lookup', { query: { code: s.text, node: at?.code } })
      .then(x => (x.sku ? open(x.sku) : views.filter('q', s.text)))
      .catch(toastError)
  })
  useKeys({ Escape: () => open(undefined) }, !url.open)
  return (
    <div className={css.page}>
      <ListBar
        label={say('ui.screen.stock')}
        views={views}
        filters={[]}
        search="q"
        tools={<ColumnPicker name="stock" columns={shown} />}
      />
      <DataGrid
        name="stock"
        label={say('ui.screen.stock')}
        columns={shown}
        list={list}
        keyOf={l => `${l.owner ?? ''} ${l.sku}`}
        onOpen={l => open(l.sku)}
        exports={{ list: 'list-levels', query }}
        empty={
          <EmptyState
            title={say('ui.stock.none')}
            text={say(views.filters.q ? 'ui.stock.none_found' : 'ui.stock.none_here')}
          />
        }
      />
      {url.open && <SkuSheet sku={url.open} onClose={() => open(undefined)} />}
    </div>
  )
}

const builtIn = (): View[] =>
  states.map(id => ({
    id,
    title: say(`ui.stock.view.${id}`),
    filters: id === 'all' ? {} : ({ state: id } as Record<string, string>),
  }))
