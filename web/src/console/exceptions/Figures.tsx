import type { ExceptionFigures } from '../../api/types.gen.ts'
import { number, percent } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import css from './Exceptions.module.css'

/** How much is left, how long a case takes, and how much needs nobody. */
export function Figures({ figures: f }: { figures: ExceptionFigures | undefined }) {
  const list: [string, string][] = [
    [say('ui.exceptions.left'), f?.left ?? '—'],
    [say('ui.exceptions.decided'), f ? number(f.decided) : '—'],
    [
      say('ui.exceptions.median'),
      f?.decided ? say('ui.exceptions.seconds', { n: number(f.median_seconds, f.median_seconds < 10 ? 1 : 0) }) : '—',
    ],
    [say('ui.exceptions.auto'), f?.reviewed ? percent(f.passed / f.reviewed, 1) : '—'],
  ]
  return (
    <dl className={css.figures} aria-label={say('ui.exceptions.figures')}>
      {list.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
