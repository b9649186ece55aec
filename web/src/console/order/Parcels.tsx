import { Link } from 'wouter'
import type { Event, Order, Together } from '../../api/types.gen.ts'
import { number, weight } from '../../shared/format.ts'
import { type Params, say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { Money } from '../../ui/Money.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { When } from '../../ui/When.tsx'
import css from './Order.module.css'

interface Choice {
  waybill: string
  record?: {
    why?: { code: string; params?: Params }
    others?: { carrier: string; service: string; code?: string; params?: Params }[]
  }
}

/** The parcels with their waybills, and why this carrier. */
export function Parcels({ order: o, events }: { order: Order; events: Event[] }) {
  if (o.parcels.length + o.shipments.length === 0 && !o.fulfilments.some(f => f.together)) return null
  const choice = events.findLast(e => e.kind.startsWith('ship.labelled.'))?.params as Choice | undefined
  const head = [
    { title: say('ui.order.waybill') },
    { title: say('ui.order.carrier') },
    { title: say('ui.order.where') },
    { title: say('ui.order.carton') },
    { title: say('ui.order.weight'), num: true },
    { title: say('ui.order.freight'), num: true },
    { title: say('ui.order.promised') },
  ]
  return (
    <Card title={say('ui.order.parcels')}>
      {o.fulfilments.map(f => f.together && <Shared key={f.id} t={f.together} />)}
      <Table head={head} rows={o.parcels.map(p => ({ key: p.id, cells: cells(o, p) }))} />
      {choice?.record?.why && (
        <details className={css.sub}>
          <summary>{say('ui.order.why_carrier')}</summary>
          <p>{say(choice.record.why.code, choice.record.why.params)}</p>
          <Table
            head={[{ title: say('ui.order.carrier') }, { title: say('ui.order.verdict') }]}
            rows={(choice.record.others ?? []).map(c => ({
              key: `${c.carrier} ${c.service}`,
              cells: [`${c.carrier} ${c.service}`, c.code ? say(c.code, c.params) : ''],
            }))}
          />
        </details>
      )}
    </Card>
  )
}

/** With which orders it shares a parcel, before and after that is packed. */
function Shared({ t }: { t: Together }) {
  return (
    <p className={css.sub}>
      {say(t.parcel ? 'ui.order.travels_with' : 'ui.order.to_travel_with')}{' '}
      {t.others.map((x, i) => (
        <span key={x.fulfilment}>
          {i > 0 && ', '}
          <Link href={`/orders/${x.order}`} className="code">
            {x.order_no}
          </Link>
        </span>
      ))}
      {t.parcel && (
        <>
          {' · '}
          {say(t.inside ? 'ui.order.lies_in' : 'ui.order.is_carton')} <Copyable text={t.parcel} />
        </>
      )}
    </p>
  )
}

function cells(o: Order, p: Order['parcels'][number]) {
  const s = o.shipments.findLast(x => x.parcel === p.id)
  return [
    s?.waybill ? <Copyable key="w" text={s.waybill} /> : '—',
    s ? [s.carrier, s.service].filter(Boolean).join(' ') : '—',
    s?.tracking ? <StateBadge key="t" area="track.status" value={s.tracking} /> : '—',
    p.inside ? say('ui.order.inside') : `${p.carton} · ${p.mm.map(mm => number(mm / 10)).join('×')} cm`,
    p.inside ? '—' : weight(p.weight_g || p.expected_g),
    s ? <Money key="m" amount={s.cost} currency={s.currency} /> : '—',
    s?.delivered_at ? <When key="d" at={s.delivered_at} as="clock" /> : <When key="d" at={s?.promised_by} as="clock" />,
  ]
}
