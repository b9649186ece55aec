import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Link } from 'wouter'
import type { Today } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import css from './Today.module.css'
import { alarms } from './tasks.ts'
import type { Now } from './useNow.ts'

/** What is wrong and where it is put right; or that nothing is. */
export function Alarms({ now, today }: { now: Now; today: Today | undefined }) {
  const list = alarms(now, today)
  return (
    <Card title={say('ui.today.alarms')}>
      {list.length === 0 ? (
        <p className={css.fine}>
          <CircleCheck size={18} aria-hidden="true" /> {say('ui.today.fine')}
        </p>
      ) : (
        <ul className={css.alarms}>
          {list.map(a => (
            <li key={a.id}>
              <Link href={a.to}>
                <TriangleAlert size={16} aria-hidden="true" />
                <span>{say(`ui.today.alarm.${a.id}`)}</span>
                <b>
                  {number(a.n)}
                  {a.more && '+'}
                </b>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
