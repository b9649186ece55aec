import { Printer, Zap } from 'lucide-react'
import { useLocation } from 'wouter'
import type { WaveLive as Live } from '../../api/types.gen.ts'
import { clock, number, percent, short } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { TimeLeft, When } from '../../ui/When.tsx'
import { release } from '../waves/release.ts'
import { InWave } from './InWave.tsx'
import { Pickers, Shorts, Walks } from './People.tsx'
import css from './WaveLive.module.css'

/** One wave while it is walked: how far, when it will be over, where, by whom, and what was not found. */
export default function WaveLive({ id }: { id: string }) {
  const read = useGet('get-wave', { path: { id } }, { follows: ['pick', 'wave', 'flow', 'fulfilment'], every: 15_000 })
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data || read.data.id !== id) return <Skeleton rows={12} />
  return <Shown wave={read.data} />
}

function Shown({ wave: w }: { wave: Live }) {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <Much wave={w} />
        <Acts wave={w} />
      </header>
      <div className={css.columns}>
        <div className={css.column}>
          <Card title={say('ui.wave.zones')}>
            <ul className={css.zones}>
              {w.zones.map(z => (
                <li key={z.zone}>
                  <span className={css.zone}>{z.zone || '—'}</span>
                  <Progress
                    done={z.closed - z.short}
                    failed={z.short}
                    of={z.lines}
                    label={say('ui.wave.zone', { zone: z.zone })}
                  />
                  <span className={css.num}>
                    {number(z.closed)} / {number(z.lines)}
                  </span>
                </li>
              ))}
            </ul>
          </Card>
          <Pickers list={w.pickers} />
          <Walks list={w.walks} />
        </div>
        <div className={css.column}>
          <Shorts list={w.shorts} />
          <InWave id={w.id} />
        </div>
      </div>
    </div>
  )
}

/** The big number, the forecast against the cut-off, and what there is of the rest. */
function Much({ wave: w }: { wave: Live }) {
  const p = w.progress
  return (
    <>
      <p className={css.percent}>{percent(p.lines ? Math.floor((100 * p.closed) / p.lines) / 100 : 0)}</p>
      <dl className={css.facts}>
        <div>
          <dt>{say(w.finished ? 'ui.wave.finished' : 'ui.wave.forecast')}</dt>
          <dd className={w.late ? css.late : undefined}>
            {w.finish_at ? <Finish at={w.finish_at} /> : say('ui.wave.no_pace')}
            {w.late && <small>{say('ui.wave.late')}</small>}
          </dd>
        </div>
        <div>
          <dt>{say('ui.waves.cutoff')}</dt>
          <dd>{w.cutoff_at ? <Cutoff at={w.cutoff_at} over={w.finished} /> : '—'}</dd>
        </div>
        <div>
          <dt>{say('ui.waves.lines')}</dt>
          <dd>
            {number(p.closed)} / {number(p.lines)}
          </dd>
        </div>
        <div>
          <dt>{say('ui.orders.units')}</dt>
          <dd>
            {number(w.units_picked)} / {number(w.units)}
          </dd>
        </div>
        <div>
          <dt>{say('ui.wave.pace')}</dt>
          <dd>{p.closed > 0 ? say('ui.wave.per_hour', { n: number(w.lines_per_hour, 0) }) : '—'}</dd>
        </div>
        <div>
          <dt>{say('ui.wave.short')}</dt>
          <dd className={p.short > 0 ? css.late : undefined}>{number(p.short)}</dd>
        </div>
        <div>
          <dt>{say('ui.waves.released_at')}</dt>
          <dd>
            <When at={w.released_at} as="clock" />
          </dd>
        </div>
      </dl>
    </>
  )
}

const Finish = ({ at }: { at: string }) => <time dateTime={at}>{short(at)}</time>

const Cutoff = ({ at, over }: { at: string; over: boolean }) => (
  <>
    {short(at) === clock(at) ? clock(at) : short(at)} {!over && <small>{<TimeLeft until={at} />}</small>}
  </>
)

function Acts({ wave: w }: { wave: Live }) {
  const [, navigate] = useLocation()
  const next = async () => {
    const out = await release({ template: w.template })
    if (out?.wave) navigate(`/waves/${out.wave}`)
  }
  const can = may('work') && !!w.template
  useKeys({ n: () => void next() }, !can)
  return (
    <div className={css.acts}>
      <Button icon={<Printer size={14} />} onClick={() => window.print()}>
        {say('ui.wave.print')}
      </Button>
      {can && (
        <Button tone="primary" icon={<Zap size={14} />} keys="n" onClick={() => void next()}>
          {say('ui.wave.next')}
        </Button>
      )}
    </div>
  )
}
