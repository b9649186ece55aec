import { useEffect, useRef } from 'react'
import type { ExceptionFigures } from '../../api/types.gen.ts'
import { useShowKeys } from '../../shared/keys.ts'
import { useMe } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { actorName } from '../../ui/Timeline.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import { CauseBadge, quick } from './causes.tsx'
import css from './Exceptions.module.css'
import { isTaken } from './next.ts'
import type { Cases, Row } from './useCases.ts'

/** The left pane: causes with their counts as quick queries, and the cases by time to cut-off. */
export function Queue({ cases, figures }: { cases: Cases; figures: ExceptionFigures | undefined }) {
  const chips = quick(figures?.causes ?? [], cases.cause, figures?.left ?? '')
  useShowKeys(Object.fromEntries(chips.slice(0, 9).map((c, i) => [String(i + 1), () => cases.choose(c.cause)])))
  return (
    <section className={css.queue} aria-label={say('ui.screen.exceptions')}>
      <fieldset className={css.chips}>
        <legend className="visually-hidden">{say('ui.exceptions.causes')}</legend>
        {chips.map(c => (
          <button
            key={c.cause}
            type="button"
            className={css.chip}
            aria-pressed={c.cause === cases.cause}
            onClick={() => cases.choose(c.cause)}
          >
            {c.title} {c.count && <b>{c.count}</b>}
          </button>
        ))}
      </fieldset>
      <Rows cases={cases} figures={figures} />
      {cases.rows.length > 0 && (
        <div className={css.foot}>
          <ExportButton list="list-exceptions" query={{ cause: cases.cause }} />
        </div>
      )}
    </section>
  )
}

function Rows({ cases, figures }: { cases: Cases; figures: ExceptionFigures | undefined }) {
  const me = useMe().name
  const { list, rows } = cases
  if (list.error && rows.length === 0) return <ErrorState error={list.error} retry={list.reload} />
  if (list.loading) return <Skeleton rows={10} />
  if (rows.length === 0) {
    const { passed = 0, reviewed = 0 } = figures ?? {}
    return (
      <EmptyState
        title={say('ui.exceptions.none')}
        text={say(cases.cause ? 'ui.exceptions.none_here' : 'ui.exceptions.none_text', { passed, reviewed })}
      >
        {cases.cause && <Button onClick={() => cases.choose('')}>{say('ui.exceptions.show_all')}</Button>}
      </EmptyState>
    )
  }
  return (
    // The keys of the page move in it; the focus lets the keys of the browser scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <ul className={css.rows} tabIndex={0} aria-label={say('ui.exceptions.cases')}>
      {rows.map(r => (
        <Item key={r.id} row={r} on={r.id === cases.open} taken={isTaken(r, me)} onPick={() => cases.pick(r.id)} />
      ))}
      {list.more && (
        <li className={css.more}>
          <Button tone="quiet" busy={list.loadingMore} onClick={list.loadMore}>
            {say('ui.exceptions.more')}
          </Button>
        </li>
      )}
    </ul>
  )
}

function Item({ row: r, on, taken, onPick }: { row: Row; on: boolean; taken: boolean; onPick(): void }) {
  const place = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (on) place.current?.scrollIntoView({ block: 'nearest' })
  }, [on])
  return (
    <li ref={place}>
      <button type="button" className={css.item} aria-current={on ? 'true' : undefined} onClick={onPick}>
        <span className="code">{r.external_no}</span>
        <TimeLeft until={r.deadline ?? r.ship_by} />
        <span className={css.marks}>
          <CauseBadge cause={r.cause} />
          {taken ? (
            <Who name={actorName(r.claimed_by ?? '')} />
          ) : (
            <span className={css.reason}>{r.reasons.join(' ')}</span>
          )}
        </span>
      </button>
    </li>
  )
}

/** Who has a case open. */
export const Who = ({ name }: { name: string }) => (
  <span className={css.who} title={say('ui.exceptions.open_at', { who: name })}>
    <span aria-hidden="true">{[...name][0]?.toUpperCase()}</span>
    {name}
  </span>
)
