import { ExternalLink, Lock } from 'lucide-react'
import { Link } from 'wouter'
import type { Order } from '../../api/types.gen.ts'
import { here } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { Money as Amount } from '../../ui/Money.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import { Holds } from '../order/Holds.tsx'
import { Items } from '../order/Items.tsx'
import { Customer, Money } from '../order/Money.tsx'
import { Parcels } from '../order/Parcels.tsx'
import { Acts } from './Acts.tsx'
import css from './Exceptions.module.css'
import type { Cases } from './useCases.ts'

/** The middle pane: the order that waits, and what may be decided. */
export function Case({ cases, order: o }: { cases: Cases; order: Order }) {
  const gone = !cases.row && !cases.list.loading && !cases.list.refreshing
  return (
    <section className={css.case} aria-label={say('ui.exceptions.case', { order: o.external_no })}>
      <header className={css.caseHead}>
        <div className={css.no}>
          <h2>
            <Copyable text={o.external_no} />
          </h2>
          <Link href={`/orders/${o.id}`} className={css.whole} title={say('ui.exceptions.whole')}>
            <ExternalLink size={14} aria-hidden="true" />
            <span className="visually-hidden">{say('ui.exceptions.whole')}</span>
          </Link>
          <StateBadge area="order.review" value={o.review} />
          {o.kind !== 'normal' && <StateBadge area="order.kind" value={o.kind} />}
          <span className={css.big}>
            <TimeLeft until={cases.row?.deadline ?? o.ship_by} />
          </span>
          <span className={css.big}>
            <Amount amount={o.total} currency={o.currency} />
          </span>
        </div>
        <Acts cases={cases} order={o} off={!!cases.takenBy} />
      </header>
      <div className={css.scroll}>
        {cases.takenBy && (
          <p className={css.note} role="status">
            <Lock size={16} aria-hidden="true" /> {cases.takenBy}
          </p>
        )}
        {gone && !cases.takenBy && (
          <p className={css.note} role="status">
            {say('ui.exceptions.gone')}
            <Button onClick={cases.goNext}>{say('ui.exceptions.next')}</Button>
          </p>
        )}
        <Holds order={o} />
        {o.holds.every(h => h.released_at) && cases.row && (
          <p className={css.standing}>
            <strong>{here(o.standing.why_text)}</strong> {o.standing.next_text}
          </p>
        )}
        <Items order={o} />
        <div className={css.two}>
          <Customer order={o} />
          <Money order={o} />
        </div>
        <Parcels order={o} events={[]} />
      </div>
    </section>
  )
}
