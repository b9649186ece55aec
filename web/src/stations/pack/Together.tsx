import { Check, Hourglass, ScanLine } from 'lucide-react'
import { say } from '../../shared/words.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import css from './Pack.module.css'
import { missing, type State } from './work.ts'

/** The other orders that go into the parcel, with their totes, and what can be done where not all of them are picked. */
export function Together({ state: s }: { state: State }) {
  const others = s.at?.together?.others ?? []
  const waits = s.at ? missing(s.at) : []
  return (
    <section className={css.together} aria-label={say('ui.pack.together')}>
      <p>{say('ui.pack.together_of', { n: others.length + 1 })}</p>
      <ul>
        {others.map(o => (
          <li key={o.fulfilment}>
            {waits.includes(o) ? (
              <Hourglass size={18} aria-hidden="true" />
            ) : s.totes.includes(o.fulfilment) ? (
              <Check size={18} aria-hidden="true" />
            ) : (
              <ScanLine size={18} aria-hidden="true" />
            )}
            <span className="code">{o.order_no}</span>
            <span className="code">{o.fulfilment}</span>
            <StateBadge area="fulfilment.status" value={o.status} />
          </li>
        ))}
      </ul>
      {waits.length > 0 && (
        <p>
          <Kbd keys="F8" /> {say('ui.pack.without', { n: waits.length })}
        </p>
      )}
    </section>
  )
}
