import type { Event, Order as OrderFile } from '../../api/types.gen.ts'
import { here } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { Stepper } from '../../ui/Stepper.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import { Parts } from '../byhand/Parts.tsx'
import { isOpen } from '../orders/columns.tsx'
import { Acts } from './Acts.tsx'
import { Holds } from './Holds.tsx'
import { Items } from './Items.tsx'
import { Customer, Money } from './Money.tsx'
import css from './Order.module.css'
import { Parcels } from './Parcels.tsx'
import { Places } from './Places.tsx'
import { wayOf } from './way.ts'

/** One order with everything that belongs to it, and what may be done. */
export default function Order({ id }: { id: string }) {
  const order = useGet('get-order', { path: { id } }, { follows: [id] })
  const events = useGet('get-timeline', { path: { id } }, { follows: [id] })
  if (order.error && !order.data) return <ErrorState error={order.error} retry={() => void order.refetch()} />
  if (!order.data || order.data.id !== id) return <Skeleton rows={12} />
  return <File order={order.data} events={events.data?.events ?? []} />
}

function File({ order: o, events }: { order: OrderFile; events: Event[] }) {
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className={css.no}>
          <h2>
            <Copyable text={o.external_no} />
          </h2>
          {o.review === 'held' ? (
            <StateBadge area="order.review" value="held" />
          ) : (
            <StateBadge area="order.label" value={o.standing.label.replace('order.label.', '')} />
          )}
          {o.kind !== 'normal' && <StateBadge area="order.kind" value={o.kind} />}
          {isOpen(o as never) && (o.standing.by ?? o.ship_by) && (
            <span>
              {say('ui.orders.deadline')} <TimeLeft until={o.standing.by ?? o.ship_by} />
            </span>
          )}
        </div>
        <Acts order={o} />
      </header>
      <Holds order={o} />
      <p className={css.why}>
        {!o.holds.some(h => !h.released_at && h.text === o.standing.why_text) && (
          <strong>{here(o.standing.why_text)}</strong>
        )}
        <span>{o.standing.next_text}</span>
        {o.standing.owner && (
          <span className={css.quiet}>
            {say('ui.order.turn')} {say(`order.owner.${o.standing.owner}`)}
          </span>
        )}
        {o.standing.late && <span className={css.late}>{say('ui.order.late')}</span>}
      </p>
      <section className={css.band}>
        <Stepper steps={wayOf(o, events)} label={say('ui.order.way')} />
      </section>
      <div className={css.columns}>
        <div className={css.column}>
          <Items order={o} />
          <Parts order={o} />
          <Places events={events} />
          <Parcels order={o} events={events} />
        </div>
        <div className={css.column}>
          <Customer order={o} />
          <Money order={o} />
          <Card title={say('ui.order.timeline')}>
            <Timeline list={events.map(e => ({ id: e.id, at: e.at, actor: e.actor, text: e.text ?? e.kind }))} />
          </Card>
        </div>
      </div>
    </div>
  )
}
