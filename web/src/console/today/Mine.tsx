import { Link } from 'wouter'
import type { Today } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { screens } from '../screens.ts'
import css from './Today.module.css'
import { tiles } from './tasks.ts'
import type { Now } from './useNow.ts'

/** One tile for each queue of work, with how much waits in it. */
export function Mine({ now, today }: { now: Now; today: Today | undefined }) {
  const list = tiles(now, today).filter(t => reached(t.to))
  return (
    <div className={css.tiles}>
      {list.map(t => (
        <Link key={t.id} href={t.to} className={css.tile} data-some={t.n > 0 || undefined}>
          <b>
            {number(t.n)}
            {t.more && '+'}
          </b>
          <span>{say(`ui.today.tile.${t.id}`)}</span>
        </Link>
      ))}
    </div>
  )
}

/** A queue whose screen this person may open. */
const reached = (to: string) => screens.some(s => s.path === to && may(s.right))
