import type { UseQueryResult } from '@tanstack/react-query'
import type { CutoffBoard, NodeBoard, Today } from '../../api/types.gen.ts'
import type { ApiError } from '../../shared/api.ts'
import { number, short } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import css from './Today.module.css'

const states = ['packed', 'picked', 'released', 'allocated'] as const
const shown = 4 // collections of a warehouse: today's, mostly

/** Every coming collection with its countdown, and how far its orders are. */
export function Cutoffs({ today }: { today: UseQueryResult<Today, ApiError> }) {
  if (today.error && !today.data) return <ErrorState error={today.error} retry={() => void today.refetch()} />
  const nodes = today.data?.nodes.filter(n => n.cutoffs.length > 0) ?? []
  return (
    <Card title={say('ui.today.cutoffs')}>
      {today.isPending && today.isFetching ? (
        <Skeleton rows={6} />
      ) : nodes.length === 0 ? (
        <EmptyState title={say('ui.today.no_cutoffs')} text={say('ui.today.no_cutoffs_text')} />
      ) : (
        <>
          {nodes.map(n => (
            <Board key={n.node} board={n} />
          ))}
          <ul className={css.legend}>
            {states.map(s => (
              <li key={s}>
                <i data-state={s} aria-hidden="true" /> {say(`fulfilment.status.${s}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function Board({ board: n }: { board: NodeBoard }) {
  return (
    <section className={css.node}>
      <h3>
        {n.node} {n.name}
      </h3>
      <ul>
        {n.cutoffs.slice(0, shown).map(c => (
          <Collection key={c.at} cutoff={c} />
        ))}
      </ul>
    </section>
  )
}

function Collection({ cutoff: c }: { cutoff: CutoffBoard }) {
  const all = c.packed + c.picked + c.released + c.allocated
  const told = states.map(s => `${say(`fulfilment.status.${s}`)} ${c[s]}`).join(', ')
  return (
    <li className={css.collection}>
      <span className={css.left}>
        <TimeLeft until={c.at} />
      </span>
      <span className={css.when}>
        {short(c.at)} <small>{c.carriers.join(' ')}</small>
      </span>
      <span className={css.bar} role="img" aria-label={told} title={told}>
        {states.map(s => c[s] > 0 && <i key={s} data-state={s} style={{ flexGrow: c[s] }} />)}
      </span>
      <span className={css.all}>
        {say('ui.today.ready', { packed: number(c.packed), all: number(all) })}
        {c.late > 0 && <b className={css.late}>{say('ui.today.late', { n: c.late })}</b>}
      </span>
    </li>
  )
}
