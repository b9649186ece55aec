import type { ExceptionFigures, Today } from '../../api/types.gen.ts'
import { number, percent } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import { Sparkline } from '../../ui/Sparkline.tsx'
import css from './Today.module.css'

/** How orders came in during the last day, and how many needed nobody. */
export function Trend({ today, figures: f }: { today: Today | undefined; figures: ExceptionFigures | undefined }) {
  const hours = today?.hours ?? []
  if (hours.length === 0) return null
  const all = hours.reduce((a, b) => a + b, 0)
  return (
    <Card title={say('ui.today.trend')}>
      <div className={css.trend}>
        <p>
          <b>{number(all)}</b> {say('ui.today.orders')}
        </p>
        <Sparkline
          width={320}
          height={44}
          values={hours}
          label={say('ui.today.per_hour', { hours: hours.join(', ') })}
        />
        {!!f?.reviewed && (
          <p>
            <b>{percent(f.passed / f.reviewed, 1)}</b> {say('ui.today.auto')}
          </p>
        )}
      </div>
    </Card>
  )
}
