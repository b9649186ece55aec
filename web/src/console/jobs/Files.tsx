import { Download, Trash2, X } from 'lucide-react'
import type { Export } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { queries, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Table } from '../../ui/Card.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { fetchFile } from '../../ui/exporting.ts'
import { StateBadge, type Tone } from '../../ui/StateBadge.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import css from './Jobs.module.css'

const tones: Record<string, Tone> = {
  waiting: 'unpaid',
  running: 'picking',
  done: 'delivered',
  failed: 'exception',
  cancelled: 'cancelled',
}

/** The files one has asked for: how far they are, and the file while it is kept. */
export function Files() {
  const files = useGet('list-exports', {}, { every: 2_000 })
  if (files.error && !files.data) return <ErrorState error={files.error} retry={() => void files.refetch()} />
  if (!files.data) return <Skeleton rows={6} />
  if (files.data.exports.length === 0)
    return (
      <div className={css.files}>
        <Others />
        <EmptyState title={say('ui.jobs.none.files')} text={say('ui.jobs.files_text')} />
      </div>
    )
  const drop = async (x: Export) => {
    try {
      await call('cancel-export', { path: { id: x.id }, body: {} })
      void queries.invalidateQueries()
    } catch (e) {
      toastError(e)
    }
  }
  return (
    <div className={css.files}>
      <Others />
      <p>{say('ui.jobs.files_text')}</p>
      <Table
        head={[
          { title: say('ui.jobs.list') },
          { title: say('ui.jobs.format') },
          { title: say('ui.jobs.state') },
          { title: say('ui.jobs.rows'), num: true },
          { title: say('ui.jobs.size'), num: true },
          { title: say('ui.jobs.asked') },
          { title: say('ui.jobs.failure') },
          { title: say('ui.jobs.acts') },
        ]}
        rows={files.data.exports.map(x => ({
          key: x.id,
          cells: [
            say(`ui.export.list.${x.list.replaceAll('-', '_')}`),
            x.format.toUpperCase(),
            <StateBadge
              key="state"
              area=""
              value={x.state}
              tone={tones[x.state]}
              text={say(`ui.jobs.state.${x.state}`)}
            />,
            number(x.rows),
            x.bytes ? say('ui.jobs.kilobytes', { n: number(Math.ceil(x.bytes / 1024)) }) : '',
            <When key="at" at={x.made_at} as="clock" />,
            [x.code, x.failure, x.code && x.request].filter(Boolean).join(' · '),
            <Acts key="acts" x={x} onDrop={() => void drop(x)} />,
          ],
        }))}
      />
    </div>
  )
}

/** Lists that no screen shows, to be had as a file. */
function Others() {
  if (!may('orders:read')) return null
  return (
    <p className={css.others}>
      {say('ui.jobs.back_orders')} <ExportButton list="list-back-orders" />
    </p>
  )
}

function Acts({ x, onDrop }: { x: Export; onDrop(): void }) {
  if (x.state === 'failed' || x.state === 'cancelled') return null
  const done = x.state === 'done'
  return (
    <span className={css.acts}>
      {done && (
        <Button tone="quiet" icon={<Download size={14} />} onClick={() => fetchFile(x)}>
          {say('ui.download')}
        </Button>
      )}
      <Button
        tone="quiet"
        icon={done ? <Trash2 size={14} /> : <X size={14} />}
        aria-label={say(done ? 'ui.jobs.throw_away' : 'ui.cancel')}
        title={say(done ? 'ui.jobs.throw_away' : 'ui.cancel')}
        onClick={onDrop}
      />
    </span>
  )
}
