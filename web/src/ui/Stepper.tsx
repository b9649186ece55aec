import { Check, Pause } from 'lucide-react'
import css from './Stepper.module.css'
import { When } from './When.tsx'

/** A stage of a way: done and when, the one that is on, stopped there, or still ahead. */
export interface Step {
  id: string
  title: string
  state: 'done' | 'now' | 'stopped' | 'ahead'
  at?: string
}

/** The way of a thing, with where it is. */
export function Stepper({ steps, label }: { steps: Step[]; label: string }) {
  return (
    // It may be wider than its place: the focus lets the keys scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <ol className={css.steps} aria-label={label} tabIndex={0}>
      {steps.map((s, i) => (
        <li
          key={s.id}
          className={`${css.step} ${css[s.state] ?? ''}`}
          aria-current={s.state === 'now' || s.state === 'stopped' ? 'step' : undefined}
        >
          <span className={css.mark}>
            {s.state === 'done' ? (
              <Check size={14} aria-hidden="true" />
            ) : s.state === 'stopped' ? (
              <Pause size={12} aria-hidden="true" />
            ) : (
              i + 1
            )}
          </span>
          <span className={css.title}>{s.title}</span>
          {s.at && (
            <span className={css.at}>
              <When at={s.at} as="clock" />
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
