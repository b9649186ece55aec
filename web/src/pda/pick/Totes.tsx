import { Layers, Rows3 } from 'lucide-react'
import { say } from '../../shared/words.ts'
import css from './Totes.module.css'
import type { Carried, Stop } from './walk.ts'

const colours = 9
/** So many of the totes behind the next one are shown. */
const shown = 2

/** The totes of a walk for several orders: the one that is next in large, then those that want the same goods. */
export function Totes({ c, stop, onSort }: { c: Carried; stop: Stop; onSort(totes: boolean): void }) {
  if (c.walk.method === 'bulk') return <p className={css.into}>{say('ui.pick.one_tote_bulk')}</p>
  if (c.walk.totes.length < 2) return null
  const [next, ...others] = stop.totes
  return (
    <div className={css.row}>
      {next ? (
        <>
          <span className={css.into}>{say('ui.pick.tote')}</span>
          <Tote no={next.no} big />
          {others.slice(0, shown).map(t => (
            <Tote key={t.no} no={t.no} />
          ))}
          {others.length > shown && <span className={css.into}>+{others.length - shown}</span>}
        </>
      ) : (
        <span className={css.into}>{say('ui.pick.one_tote', { n: c.walk.totes.length })}</span>
      )}
      <button
        type="button"
        className={css.sort}
        aria-pressed={c.totes}
        aria-label={say(c.totes ? 'ui.pick.sort_later' : 'ui.pick.sort_now')}
        title={say(c.totes ? 'ui.pick.sort_later' : 'ui.pick.sort_now')}
        onClick={() => onSort(!c.totes)}
      >
        {c.totes ? <Rows3 size={22} aria-hidden="true" /> : <Layers size={22} aria-hidden="true" />}
      </button>
    </div>
  )
}

/** A tote by number and colour. */
function Tote({ no, big }: { no: number; big?: boolean }) {
  return (
    <span className={`${css.tote} ${big ? css.big : ''}`} data-colour={((no - 1) % colours) + 1}>
      {no}
    </span>
  )
}
