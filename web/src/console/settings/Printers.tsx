import { Printer as Machine, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import type { PrinterItem } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { name, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { PrinterDialog } from './PrinterDialog.tsx'
import css from './Settings.module.css'

/** The printers and the benches they stand at, how they are, and a label to try them. */
export function Printers() {
  const read = useGet('list-printers', {}, { follows: ['printing'], every: 10_000 })
  const jobs = useGet(
    'list-print-jobs',
    { query: { limit: 20 } },
    { follows: ['printing'], every: 10_000, enabled: may('ship') },
  )
  const [edited, setEdited] = useState<PrinterItem | 'new' | null>(null)
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={6} />
  const list = read.data.printers
  const tests = (jobs.data?.jobs ?? []).filter(j => j.document === 'test')
  const test = async (p: PrinterItem) => {
    try {
      await call('test-printer', { path: { id: p.id ?? '' }, body: {} })
      toast(say('ui.settings.testing', { name: p.name }))
      void jobs.refetch()
    } catch (error) {
      toastError(error)
    }
  }
  const add = may('admin') && (
    <Button tone="primary" icon={<Plus size={14} />} onClick={() => setEdited('new')}>
      {say('ui.settings.add_printer')}
    </Button>
  )
  return (
    <div className={css.panel}>
      <Card title={say('ui.settings.printers')} acts={add}>
        {list.length === 0 ? (
          <EmptyState title={say('ui.settings.no_printers')} text={say('ui.settings.no_printers_text')} />
        ) : (
          <Table
            head={[
              { title: say('ui.settings.name') },
              { title: say('ui.warehouse') },
              { title: say('ui.settings.station') },
              { title: say('ui.settings.address') },
              { title: say('ui.settings.format') },
              { title: say('ui.settings.state') },
              { title: say('ui.settings.tested') },
              { title: say('ui.settings.acts') },
            ]}
            rows={list.map(p => {
              const last = tests.find(j => j.printer === p.id)
              return {
                key: p.id ?? p.name,
                cells: [
                  <b key="name">{p.name}</b>,
                  p.node,
                  p.station || <span className={css.quiet}>{say('ui.settings.whole_warehouse')}</span>,
                  <span key="address" className="code">
                    {p.address}
                  </span>,
                  p.format.toUpperCase(),
                  <StateBadge
                    key="state"
                    area=""
                    value={p.enabled ? (p.condition ?? '') : 'off'}
                    tone={!p.enabled ? 'cancelled' : p.condition === 'ready' ? 'neutral' : 'exception'}
                    text={p.enabled ? (p.condition_text ?? '') : say('ui.settings.off')}
                  />,
                  last ? (
                    <span key="tested">
                      {name('printing.state', last.state)} <When at={last.printed_at ?? last.created_at} />
                    </span>
                  ) : (
                    '—'
                  ),
                  <span key="acts" className={css.acts}>
                    {may('stock:write') && (
                      <Button
                        tone="quiet"
                        icon={<Machine size={14} />}
                        disabled={!p.enabled}
                        onClick={() => void test(p)}
                      >
                        {say('ui.settings.test_print')}
                      </Button>
                    )}
                    {may('admin') && (
                      <Button tone="quiet" icon={<Pencil size={14} />} onClick={() => setEdited(p)}>
                        {say('ui.settings.edit')}
                      </Button>
                    )}
                  </span>,
                ],
              }
            })}
          />
        )}
      </Card>
      {edited && <PrinterDialog printer={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />}
    </div>
  )
}
