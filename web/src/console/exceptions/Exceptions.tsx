import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { Case } from './Case.tsx'
import css from './Exceptions.module.css'
import { Figures } from './Figures.tsx'
import { Queue } from './Queue.tsx'
import { type Cases, useCases } from './useCases.ts'
import { Why } from './Why.tsx'

/** What waits for a person: the queue, the case, and why it is here. */
export default function Exceptions() {
  const cases = useCases()
  const { data: figures } = useGet('count-exceptions', {}, { follows: ['review', 'order', 'allocation', 'ship'] })
  return (
    <div className={css.page}>
      <Figures figures={figures} />
      <div className={css.panes}>
        <Queue cases={cases} figures={figures} />
        {cases.open ? <Opened key={cases.open} cases={cases} id={cases.open} /> : <Nothing cases={cases} />}
      </div>
    </div>
  )
}

function Opened({ cases, id }: { cases: Cases; id: string }) {
  const order = useGet('get-order', { path: { id } }, { follows: [id] })
  const events = useGet('get-timeline', { path: { id } }, { follows: [id] })
  if (order.error && !order.data) return <ErrorState error={order.error} retry={() => void order.refetch()} />
  if (!order.data || order.data.id !== id) return <Skeleton rows={12} />
  return (
    <>
      <Case cases={cases} order={order.data} />
      <Why order={order.data} events={events.data?.events ?? []} />
    </>
  )
}

/** Nothing is open: the queue says why. */
function Nothing({ cases }: { cases: Cases }) {
  if (cases.list.loading || cases.list.error) return <div />
  return (
    <div className={css.nothing}>
      {cases.rows.length > 0 && (
        <EmptyState title={say('ui.exceptions.all_taken')} text={say('ui.exceptions.all_taken_text')} />
      )}
    </div>
  )
}
