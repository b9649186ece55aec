import { Link } from 'wouter'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import css from './Dashboard.module.css'

export interface Bar {
  key: string
  text: string
  n: number
  /** What stands at the end instead of the number. */
  value?: string
  bad?: number
  to?: string
  open?(): void
}

/** How much of each: a bar for every part, with its number, leading to what it counts. */
export function Bars({ list, most = 6, none }: { list: Bar[]; most?: number; none: string }) {
  const some = list.filter(b => b.n > 0).slice(0, most)
  const top = Math.max(...some.map(b => b.n), 1)
  if (some.length === 0) return <p className={css.none}>{none}</p>
  return (
    <ul className={css.bars}>
      {some.map(b => {
        const inside = (
          <>
            <span className={css.name}>{b.text}</span>
            <span className={css.track} aria-hidden="true">
              <i style={{ width: `${(100 * (b.n - (b.bad ?? 0))) / top}%` }} />
              {!!b.bad && <i data-bad style={{ width: `${(100 * b.bad) / top}%` }} />}
            </span>
            <b>{b.value ?? number(b.n)}</b>
          </>
        )
        return (
          <li key={b.key}>
            {b.to ? (
              <Link href={b.to}>{inside}</Link>
            ) : b.open ? (
              <button type="button" onClick={b.open}>
                {inside}
              </button>
            ) : (
              <span>{inside}</span>
            )}
          </li>
        )
      })}
      {list.length > some.length && list.filter(b => b.n > 0).length > some.length && (
        <li className={css.none}>{say('ui.dashboard.more', { n: list.filter(b => b.n > 0).length - some.length })}</li>
      )}
    </ul>
  )
}
