import type { UseQueryResult } from '@tanstack/react-query'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Link } from 'wouter'
import type { Today } from '../../api/types.gen.ts'
import type { ApiError } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/States.tsx'
import css from './Today.module.css'
import { alarms } from './tasks.ts'
import type { Now } from './useNow.ts'

/** What is wrong and where it is put right; that nothing is, only when everything has answered. */
export function Alarms({ now, today }: { now: Now; today: UseQueryResult<Today, ApiError> }) {
  const list = alarms(now, today.data)
  const error = now.error ?? (today.data ? null : today.error)
  const retry = () => {
    now.retry()
    if (today.error) void today.refetch()
  }
  return (
    <Card title={say('ui.today.alarms')}>
      {error && (
        <div className={css.unknown} role="alert">
          <p>{say('ui.today.unknown')}</p>
          <p>{error.message}</p>
          <Button onClick={retry}>{say('ui.retry')}</Button>
        </div>
      )}
      {list.length === 0 && !error && !(now.known && today.data) && <Skeleton rows={2} />}
      {list.length === 0 && now.known && today.data ? (
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
