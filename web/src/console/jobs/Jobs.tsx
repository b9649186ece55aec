import { RotateCw } from 'lucide-react'
import type { Job } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { queries, useGet, useList } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { name, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { StateBadge, type Tone } from '../../ui/StateBadge.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { Files } from './Files.tsx'
import css from './Jobs.module.css'

const views = ['due', 'later', 'failed'] as const
const tones: Record<string, Tone> = { waiting: 'unpaid', running: 'picking', later: 'hold', failed: 'exception' }
const every = 5_000

/** Work in the background: what leaves the house, what is tried again, what was given up, and one's own files. */
export default function Jobs() {
  const [url, change] = useUrlState()
  const counts = useGet('count-jobs', {}, { every })
  const view = url.view ?? 'due'
  const kinds = counts.data?.kinds ?? []
  const count = (id: (typeof views)[number]) => String(kinds.reduce((n, k) => n + k[id], 0))
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <Tabs
          label={say('ui.screen.jobs')}
          at={view}
          onGo={id => change({ view: id === 'due' ? undefined : id, kind: undefined })}
          tabs={[
            ...views.map(id => ({ id, title: say(`ui.jobs.view.${id}`), count: counts.data && count(id) })),
            { id: 'files', title: say('ui.jobs.view.files') },
          ]}
        />
        {view !== 'files' && (
          <select
            aria-label={say('ui.jobs.kind')}
            value={url.kind ?? ''}
            onChange={e => change({ kind: e.target.value || undefined })}
          >
            <option value="">{say('ui.jobs.every_kind')}</option>
            {kinds.map(k => (
              <option key={k.kind} value={k.kind}>
                {name('job.kind', k.kind)}
              </option>
            ))}
          </select>
        )}
      </div>
      {view === 'files' ? <Files /> : <Calls key={view} view={view} kind={url.kind} />}
    </div>
  )
}

function Calls({ view, kind }: { view: string; kind: string | undefined }) {
  const list = useList('list-jobs', { view: view as 'due', kind }, p => p.jobs, { follows: ['job'] })
  const again = async (j: Job) => {
    try {
      await call('retry-job', { path: { id: j.id }, body: {} })
      toast(say('ui.jobs.again', { what: name('job.kind', j.kind) }))
      void queries.invalidateQueries()
    } catch (e) {
      toastError(e)
    }
  }
  return (
    <DataGrid
      name="jobs"
      label={say('ui.screen.jobs')}
      columns={columns(may('orders:write') ? again : undefined)}
      list={list}
      keyOf={j => j.id}
      exports={{ list: 'list-jobs', query: { view, kind } }}
      empty={<EmptyState title={say(`ui.jobs.none.${view}`)} text={say('ui.jobs.none_text')} />}
    />
  )
}

const columns = (again?: (j: Job) => Promise<void>): Column<Job>[] => [
  { key: 'kind', title: say('ui.jobs.kind'), width: '190px', cell: j => name('job.kind', j.kind) },
  { key: 'key', title: say('ui.jobs.about'), width: '210px', cell: j => <Copyable text={j.key} /> },
  {
    key: 'state',
    title: say('ui.jobs.state'),
    width: '120px',
    cell: j => <StateBadge area="" value={j.state} tone={tones[j.state]} text={say(`ui.jobs.state.${j.state}`)} />,
  },
  { key: 'at', title: say('ui.jobs.at'), width: '110px', cell: j => <When at={j.run_at} as="clock" /> },
  { key: 'attempts', title: say('ui.jobs.attempts'), width: '80px', num: true, cell: j => number(j.attempts) },
  {
    key: 'code',
    title: say('ui.code'),
    width: '180px',
    cell: j => j.code && <Copyable text={j.code} />,
  },
  {
    key: 'failure',
    title: say('ui.jobs.failure'),
    width: 'minmax(220px, 1fr)',
    cell: j => <span title={j.failure}>{j.failure}</span>,
  },
  {
    key: 'acts',
    title: '',
    width: '130px',
    cell: j =>
      again &&
      j.state !== 'running' && (
        <Button tone="quiet" icon={<RotateCw size={14} />} onClick={() => void again(j)}>
          {say('ui.jobs.retry')}
        </Button>
      ),
  },
]
