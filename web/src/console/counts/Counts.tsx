import { ClipboardCheck, ClipboardPlus, X } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Count } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { queries, useList } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { actorName } from '../../ui/Timeline.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { CloseDialog } from './CloseDialog.tsx'
import css from './Counts.module.css'
import { OrderDialog } from './OrderDialog.tsx'

/** Counts: what waits, and what was found. */
export default function Counts() {
  const [url, change] = useUrlState()
  const { at } = useWarehouses()
  const done = url.view === 'done'
  const [ordering, setOrdering] = useState(false)
  const [closing, setClosing] = useState<Count | null>(null)
  const open = useList('list-counts', { node: at?.code }, p => p.counts, { follows: ['stock', 'pick'], enabled: !done })
  const over = useList('list-counts-done', { node: at?.code }, p => p.counts, { follows: ['stock'], enabled: done })
  const writes = may('stock:write')
  useKeys(
    { n: () => setOrdering(true), 1: () => change({ view: undefined }), 2: () => change({ view: 'done' }) },
    !writes,
  )
  const callOff = async (c: Count) => {
    try {
      await call('cancel-count', { path: { id: c.id }, body: {} })
      void queries.invalidateQueries()
      toast(say('ui.counts.called_off', { location: c.location }), async () => {
        await call('order-counts', { body: { node: c.node, location: c.location, sku: c.sku } })
        void queries.invalidateQueries()
      })
    } catch (e) {
      toastError(e)
    }
  }
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <Tabs
          label={say('ui.screen.counts')}
          at={done ? 'done' : 'open'}
          onGo={id => change({ view: id === 'done' ? 'done' : undefined })}
          tabs={['open', 'done'].map(id => ({ id, title: say(`ui.counts.view.${id}`) }))}
        />
        {writes && (
          <Button tone="primary" icon={<ClipboardPlus size={14} />} keys="n" onClick={() => setOrdering(true)}>
            {say('ui.counts.order')}
          </Button>
        )}
      </div>
      <DataGrid
        key={String(done)}
        name={done ? 'counts-done' : 'counts'}
        label={say('ui.screen.counts')}
        columns={
          done ? doneColumns() : openColumns(writes ? { close: (c: Count) => setClosing(c), callOff } : undefined)
        }
        list={done ? over : open}
        keyOf={c => c.id}
        onOpen={done || !writes ? undefined : c => setClosing(c)}
        exports={{ list: done ? 'list-counts-done' : 'list-counts', query: { node: at?.code } }}
        empty={
          <EmptyState
            title={say(done ? 'ui.counts.none_done' : 'ui.counts.none')}
            text={done ? undefined : say('ui.counts.none_text')}
          />
        }
      />
      {ordering && <OrderDialog onClose={() => setOrdering(false)} />}
      {closing && <CloseDialog count={closing} onClose={() => setClosing(null)} />}
    </div>
  )
}

const place = (): Column<Count>[] => [
  { key: 'node', title: say('ui.warehouse'), width: '112px', cell: c => c.node },
  {
    key: 'location',
    title: say('ui.stock.location'),
    width: '130px',
    cell: c => <span className="code">{c.location}</span>,
  },
  {
    key: 'sku',
    title: say('ui.stock.sku'),
    width: '160px',
    cell: c => (
      <Link href={`/stock?open=${encodeURIComponent(c.sku)}`} className="code">
        {c.sku}
      </Link>
    ),
  },
  {
    key: 'title',
    title: say('ui.stock.title'),
    width: 'minmax(160px, 1fr)',
    cell: c => <span title={c.title}>{c.title}</span>,
  },
  { key: 'lot', title: say('ui.stock.lot'), width: '96px', cell: c => c.lot || '—' },
  { key: 'reason', title: say('ui.counts.reason'), width: '100px', cell: c => say(`ui.counts.reason.${c.reason}`) },
]

interface Acts {
  close(c: Count): void
  callOff(c: Count): Promise<void>
}

/** What the book expects is not shown before somebody has counted. */
const openColumns = (acts?: Acts): Column<Count>[] => [
  ...place(),
  { key: 'since', title: say('ui.counts.since'), width: '120px', cell: c => <When at={c.created_at} /> },
  {
    key: 'acts',
    title: '',
    width: '190px',
    cell: c =>
      acts && (
        <span className={css.acts}>
          <Button tone="quiet" icon={<ClipboardCheck size={14} />} onClick={() => acts.close(c)}>
            {say('ui.counts.enter')}
          </Button>
          <Button
            tone="quiet"
            icon={<X size={14} />}
            aria-label={say('ui.counts.call_off')}
            title={say('ui.counts.call_off')}
            onClick={() => void acts.callOff(c)}
          />
        </span>
      ),
  },
]

const doneColumns = (): Column<Count>[] => [
  ...place(),
  {
    key: 'expected',
    title: say('ui.counts.expected'),
    width: '90px',
    num: true,
    cell: c => (c.status === 'counted' ? number(c.expected) : ''),
  },
  {
    key: 'counted',
    title: say('ui.counts.counted'),
    width: '90px',
    num: true,
    cell: c => (c.status === 'counted' ? number(c.counted) : ''),
  },
  { key: 'difference', title: say('ui.counts.difference'), width: '100px', num: true, cell: Difference },
  { key: 'closed', title: say('ui.counts.closed'), width: '100px', cell: c => <When at={c.closed_at} as="clock" /> },
  { key: 'by', title: say('ui.counts.by'), width: '100px', cell: c => actorName(c.closed_by ?? '') },
]

function Difference(c: Count) {
  if (c.status !== 'counted')
    return <StateBadge area="counts" value={c.status} tone="cancelled" text={say(`ui.counts.status.${c.status}`)} />
  const d = c.counted - c.expected
  if (d === 0) return <span className={css.quiet}>0</span>
  return <span className={d > 0 ? css.more : css.less}>{(d > 0 ? '+' : '−') + number(Math.abs(d))}</span>
}
