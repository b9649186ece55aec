import { CheckCheck } from 'lucide-react'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import css from './Over.module.css'
import { type Carried, progress } from './walk.ts'

/** Nothing is left to pick: where the goods go, what was short, and on to the next. */
export function Over({ c, onUndo, onNext }: { c: Carried; onUndo(): void; onNext(): void }) {
  const p = progress(c)
  const notes = [
    p.short > 0 && say('ui.pick.were_short', { n: p.short }),
    p.called > 0 && say('ui.pick.were_called', { n: p.called }),
    p.blocked > 0 && say('ui.pick.are_blocked', { n: p.blocked }),
  ].filter(Boolean)
  const title = say(p.blocked > 0 ? 'ui.pick.held' : p.units > 0 ? 'ui.pick.over' : 'ui.pick.ended')
  return (
    <div className={css.over}>
      <CheckCheck size={64} aria-hidden="true" />
      <h2 className={css.title}>{title}</h2>
      {p.units > 0 && <p>{say('ui.pick.bring', { units: number(p.units) })}</p>}
      {notes.map(n => (
        <p key={String(n)} className={css.note}>
          {n}
        </p>
      ))}
      <div className={css.acts}>
        <Button tone="primary" big onClick={onNext}>
          {say('ui.pick.next')}
        </Button>
        {c.steps.length > 0 && (
          <Button big onClick={onUndo}>
            {say('ui.undo')}
          </Button>
        )}
      </div>
    </div>
  )
}
