import { ArrowLeftRight, ClipboardCheck, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { Shelf } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { queries, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { ChangeDialog } from './ChangeDialog.tsx'
import { Channels } from './Channels.tsx'
import { Ledger } from './Ledger.tsx'
import { Past } from './Past.tsx'
import { Shelves } from './Shelves.tsx'
import css from './Stock.module.css'

/** One SKU: what there is of it, and where; its book; the past; what channels may sell. */
export function SkuSheet({ sku, onClose }: { sku: string; onClose(): void }) {
  const [url, change] = useUrlState()
  const { at } = useWarehouses()
  const [changing, setChanging] = useState<{ move: boolean; from?: Shelf } | null>(null)
  const level = useGet(
    'get-availability',
    { query: { sku: [sku] } },
    { follows: ['stock', 'allocation', 'pick', 'ship'] },
  )
  const shelves = useGet('list-shelves', { query: { sku, node: at?.code } }, { follows: ['stock', 'pick', 'ship'] })
  const writes = may('stock:write')
  const a = level.data?.skus[0]
  const title = shelves.data?.shelves.find(s => s.title)?.title
  const count = async () => {
    try {
      const nodes = [...new Set((shelves.data?.shelves ?? []).map(s => s.node))]
      const out = await Promise.all(nodes.map(node => call('order-counts', { body: { node, sku } })))
      void queries.invalidateQueries()
      const counts = out.flatMap(o => o.counts)
      toast(say('ui.stock.counts_ordered', { n: counts.length }), async () => {
        for (const c of counts) await call('cancel-count', { path: { id: c.id }, body: {} })
        void queries.invalidateQueries()
      })
    } catch (e) {
      toastError(e)
    }
  }
  useKeys(
    { a: () => setChanging({ move: false }), m: () => setChanging({ move: true }), c: () => void count() },
    !writes || changing !== null,
  )
  const panel = (id: string) => {
    if (id === 'places') {
      if (shelves.error) return <ErrorState error={shelves.error} retry={() => void shelves.refetch()} />
      if (!shelves.data) return <Skeleton rows={4} />
      return (
        <>
          <Shelves
            list={shelves.data.shelves}
            onChange={writes ? (from, move) => setChanging({ move, from }) : undefined}
          />
          {shelves.data.shelves.length > 0 && (
            <p className={css.foot}>
              <ExportButton list="list-shelves" query={{ sku, node: at?.code }} />
            </p>
          )}
        </>
      )
    }
    if (id === 'ledger') return <Ledger sku={sku} node={at?.code} />
    if (id === 'past') return <Past sku={sku} />
    return <Channels sku={sku} />
  }
  const tabs = ['places', 'ledger', 'past', 'channels']
  const tab = tabs.includes(url.tab ?? '') ? (url.tab as string) : 'places'
  return (
    <Drawer
      title={title ? `${sku} · ${title}` : sku}
      open
      onClose={onClose}
      wide
      acts={
        writes &&
        a && (
          <>
            <Button icon={<ClipboardCheck size={14} />} keys="c" onClick={() => void count()}>
              {say('ui.stock.count')}
            </Button>
            <Button icon={<ArrowLeftRight size={14} />} keys="m" onClick={() => setChanging({ move: true })}>
              {say('ui.stock.move')}
            </Button>
            <Button
              tone="primary"
              icon={<SlidersHorizontal size={14} />}
              keys="a"
              onClick={() => setChanging({ move: false })}
            >
              {say('ui.stock.adjust')}
            </Button>
          </>
        )
      }
    >
      {level.error && !a ? (
        <ErrorState error={level.error} retry={() => void level.refetch()} />
      ) : (
        <>
          <div className={css.figures}>
            {(['on_hand', 'reserved', 'blocked', 'available'] as const).map(f => (
              <div key={f} className={css.figure}>
                {say(`ui.stock.${f}`)}
                <strong>{a ? number(a[f]) : '—'}</strong>
              </div>
            ))}
          </div>
          <Tabs
            label={sku}
            at={tab}
            onGo={id => change({ tab: id })}
            tabs={tabs.map(id => ({
              id,
              title: say(`ui.stock.tab.${id}`),
              panel: <div className={css.tab}>{id === tab && panel(id)}</div>,
            }))}
          />
        </>
      )}
      {changing && <ChangeDialog sku={sku} {...changing} onClose={() => setChanging(null)} />}
    </Drawer>
  )
}
