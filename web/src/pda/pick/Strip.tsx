import { say } from '../../shared/words.ts'
import css from './Strip.module.css'
import { type Carried, progress, stops } from './walk.ts'

const shown = 3 // bins after this one

/** How far the walk is, and which bins come next. */
export function Strip({ c }: { c: Carried }) {
  const p = progress(c)
  const bins = [...new Set(stops(c).map(s => s.location))]
  return (
    <div className={css.strip}>
      <div className={css.track} aria-hidden="true">
        <div className={css.done} style={{ width: `${(100 * p.closed) / p.lines}%` }} />
      </div>
      <p className={css.text}>
        <span>{say('ui.pick.done_of', { n: p.closed, of: p.lines })}</span>
        <span className={css.bins}>
          {bins.length > 1 && say('ui.pick.then', { bins: bins.slice(1, 1 + shown).join(' · ') })}
        </span>
      </p>
    </div>
  )
}
