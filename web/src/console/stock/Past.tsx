import { useState } from 'react'
import { now } from '../../shared/clock.ts'
import { moment, number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { DateField } from '../../ui/DateField.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { Shelves } from './Shelves.tsx'
import css from './Stock.module.css'

/** What stood where at a moment. */
export function Past({ sku }: { sku: string }) {
  const [at, setAt] = useState('')
  const [first] = useState(() => new Date(now() - 86_400_000).toISOString())
  const when = at || first
  const past = useGet('get-standing', { query: { sku, at: when } })
  const sum = past.data?.shelves.reduce((n, s) => n + s.on_hand, 0) ?? 0
  return (
    <>
      <div className={css.when}>
        <DateField name="at" label={say('ui.stock.moment')} value={when} onChange={setAt} />
        <span className={css.hint}>{say('ui.stock.as_of', { at: moment(when), n: number(sum) })}</span>
      </div>
      {past.error ? (
        <ErrorState error={past.error} />
      ) : past.data ? (
        <Shelves list={past.data.shelves} past />
      ) : (
        <Skeleton rows={4} />
      )}
    </>
  )
}
