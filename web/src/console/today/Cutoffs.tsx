import type { UseQueryResult } from '@tanstack/react-query'
import type { CutoffBoard, NodeBoard, Today } from '../../api/types.gen.ts'
import type { ApiError } from '../../shared/api.ts'
import { number, short } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import { states } from './states.ts'
import css from './Today.module.css'

const shown = 4 // collections of a warehouse: today's, mostly

/** Shows the orders of a collection, those of one state alone where one is named. */
export type Open = (node: string, cutoff: string, state?: string) => void

/** Every coming collection with its countdown, and how far its orders are; with open, each leads to its orders. */
export function Cutoffs({ today, open }: { today: UseQueryResult<Today, ApiError>; open?: Open }) {
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
            <Board key={n.node} board={n} open={open} />
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

function Board({ board: n, open }: { board: NodeBoard; open?: Open }) {
  return (
    <section className={css.node}>
      <h3>
        {n.node} {n.name}
      </h3>
      <ul>
        {n.cutoffs.slice(0, shown).map(c => (
          <Collection key={c.at} cutoff={c} open={open && (state => open(n.node, c.at, state))} />
        ))}
      </ul>
    </section>
  )
}

function Collection({ cutoff: c, open }: { cutoff: CutoffBoard; open?: (state?: string) => void }) {
  const all = c.packed + c.picked + c.released + c.allocated
  const told = states.map(s => `${say(`fulfilment.status.${s}`)} ${c[s]}`).join(', ')
  const inside = (
    <>
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
    </>
  )
  // The keys open the whole collection and choose the state there; a click on a part of the bar goes straight to it.
  return (
    <li>
      {open ? (
        <button
          type="button"
          className={css.collection}
          onClick={e => open((e.target as HTMLElement).dataset.state)}
          data-cutoff={c.at}
        >
          {inside}
        </button>
      ) : (
        <div className={css.collection}>{inside}</div>
      )}
    </li>
  )
}
