import { Popover } from '@base-ui/react/popover'
import { Layers } from 'lucide-react'
import { number } from '../shared/format.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import css from './JobTray.module.css'
import { cancelJob, clearJobs, type Job, jobs } from './jobs.ts'
import { Progress } from './Progress.tsx'

/** The tray of work that goes on beside the page: progress, what is left, cancel, and what came of it. */
export function JobTray() {
  const list = useStore(jobs)
  const running = list.filter(j => j.state === 'running').length
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button tone="quiet" icon={<Layers size={16} />} aria-label={say('ui.jobs')} title={say('ui.jobs')}>
            {running > 0 && <span className={css.count}>{running}</span>}
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end">
          <Popover.Popup className={css.popup}>
            <div className={css.line}>
              <Popover.Title>{say('ui.jobs')}</Popover.Title>
              {list.length > running && (
                <Button tone="quiet" onClick={clearJobs}>
                  {say('ui.clear')}
                </Button>
              )}
            </div>
            {list.length === 0 && <p className={css.quiet}>{say('ui.jobs.none')}</p>}
            {list.map(j => (
              <Line key={j.id} job={j} />
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Line({ job: j }: { job: Job }) {
  return (
    <div className={css.job}>
      <div className={css.line}>
        <span>{j.title}</span>
        {j.state === 'running' && (
          <Button tone="quiet" onClick={() => cancelJob(j.id)}>
            {say('ui.cancel')}
          </Button>
        )}
        {j.state !== 'running' && j.result && (
          <Button tone="quiet" onClick={j.result.act}>
            {j.result.text}
          </Button>
        )}
      </div>
      <Progress done={j.done} failed={j.failed} of={j.of} label={j.title} />
      <span className={css.quiet}>{standing(j)}</span>
    </div>
  )
}

function standing(j: Job) {
  const counts = say('ui.jobs.counts', { done: number(j.done), failed: number(j.failed), of: number(j.of) })
  if (j.state === 'cancelled') return `${counts} · ${say('ui.jobs.cancelled')}`
  const taken = Date.now() - j.began
  const worked = j.done + j.failed
  if (j.state === 'done' || taken < 5_000 || worked === 0) return counts
  return `${counts} · ${say('ui.jobs.left', { seconds: Math.ceil((taken * (j.of - worked)) / worked / 1000) })}`
}
