import { Link } from 'wouter'
import type { CaseDetail } from '../../api/types.gen.ts'
import { useGet } from '../../shared/query.ts'
import { useMe } from '../../shared/session.ts'
import { capital, say } from '../../shared/words.ts'
import { Card, Facts } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { Money } from '../../ui/Money.tsx'
import { Photos } from '../../ui/Photos.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { Stepper } from '../../ui/Stepper.tsx'
import { actorName, Timeline } from '../../ui/Timeline.tsx'
import { TimeLeft, When } from '../../ui/When.tsx'
import css from './Aftersales.module.css'
import { CaseActs } from './CaseActs.tsx'
import { CaseState, isOver } from './columns.tsx'
import { EvidenceCard } from './EvidenceCard.tsx'
import { Inbound } from './Inbound.tsx'
import { Refunds } from './Refunds.tsx'
import { stepsOf } from './steps.ts'

/** One case: what comes back, what goes out, and the money; who decided what. */
export default function Case({ id }: { id: string }) {
  const one = useGet('get-case', { path: { id } }, { follows: [id, 'aftersales', 'refund'] })
  if (one.error && !one.data) return <ErrorState error={one.error} retry={() => void one.refetch()} />
  if (!one.data || one.data.id !== id) return <Skeleton rows={12} />
  return <File c={one.data} />
}

function File({ c }: { c: CaseDetail }) {
  const events = useGet('get-timeline', { path: { id: c.order } }, { follows: [c.order] })
  const mine = (events.data?.events ?? []).filter(e => /^(aftersales|refund)\./.test(e.kind))
  return (
    <div className={css.detail}>
      <header className={css.head}>
        <div className={css.no}>
          <h2>
            <Copyable text={c.id} />
          </h2>
          <CaseState value={c.status} />
          <StateBadge area="aftersales.kind" value={c.kind} />
          <span>{capital(say(`aftersales.reason.${c.reason}`))}</span>
          {c.deadline && !isOver(c.status) && (
            <span>
              {say('ui.aftersales.deadline')} <TimeLeft until={c.deadline} />
            </span>
          )}
        </div>
        <CaseActs c={c} />
      </header>
      {c.note && <p className={css.note}>{c.note}</p>}
      <section className={css.band}>
        <Stepper label={say('ui.aftersales.way')} steps={stepsOf(c)} />
      </section>
      <div className={css.columns}>
        <div className={css.column}>
          <Photos of={c.id} />
          <Inbound c={c} />
          <Outbound c={c} />
          <Refunds c={c} />
          <EvidenceCard id={c.id} />
        </div>
        <div className={css.column}>
          <Card title={say('ui.aftersales.order')}>
            <Facts
              list={[
                [
                  say('ui.aftersales.order'),
                  <Link key="o" href={`/orders/${c.order}`} className="code">
                    {c.order_no ?? c.order}
                  </Link>,
                ],
                [
                  say('ui.aftersales.customer'),
                  <Link key="c" href={`/customer?order=${c.order}`}>
                    {say('ui.aftersales.to_customer')}
                  </Link>,
                ],
                [say('ui.warehouse'), c.node],
                [say('ui.aftersales.opened_by'), actorName(c.opened_by)],
                [say('ui.aftersales.asked'), <When key="a" at={c.opened_at} as="clock" />],
                [say('ui.aftersales.decided_by'), c.decided_by && actorName(c.decided_by)],
                [say('ui.aftersales.decided'), c.decided_at && <When key="d" at={c.decided_at} as="clock" />],
              ]}
            />
          </Card>
          <Card title={say('ui.aftersales.timeline')}>
            <Timeline list={mine.map(e => ({ id: e.id, at: e.at, actor: e.actor, text: e.text ?? e.kind }))} />
          </Card>
        </div>
      </div>
    </div>
  )
}

/** What goes out instead: the order that replaces goods, and what an exchange costs. */
function Outbound({ c }: { c: CaseDetail }) {
  const { currency } = useMe()
  if (!['exchange', 'reship'].includes(c.kind)) return null
  const owes = Number(c.difference ?? 0)
  return (
    <Card
      title={say('ui.aftersales.outbound')}
      acts={<StateBadge area="" value={c.replacement} text={say(`ui.aftersales.replacement.${c.replacement}`)} />}
    >
      <Facts
        list={[
          [
            say('ui.aftersales.replaced_by'),
            c.replacement_order ? (
              <Link key="r" href={`/orders/${c.replacement_order}`} className="code">
                {c.replacement_order}
              </Link>
            ) : (
              '—'
            ),
          ],
          [
            say('ui.aftersales.wanted'),
            c.lines
              .filter(l => l.swap)
              .map(l => `${l.sku} → ${l.swap} × ${l.quantity}`)
              .join(' · '),
          ],
          [
            say(owes < 0 ? 'ui.aftersales.goes_back' : 'ui.aftersales.owes'),
            c.difference && <Money amount={c.difference.replace('-', '')} currency={currency} />,
          ],
        ]}
      />
    </Card>
  )
}
