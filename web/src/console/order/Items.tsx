import type { Fulfilment, Order } from '../../api/types.gen.ts'
import { say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { Money } from '../../ui/Money.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import css from './Order.module.css'

/** What was ordered, and of each line which warehouse ships how much. */
export function Items({ order: o }: { order: Order }) {
  const head = [
    { title: say('ui.order.sku') },
    { title: say('ui.order.goods') },
    { title: say('ui.order.quantity'), num: true },
    { title: say('ui.order.price'), num: true },
    { title: say('ui.order.from') },
  ]
  return (
    <Card title={say('ui.order.items')}>
      <Table
        head={head}
        rows={o.lines.map(l => ({
          key: String(l.no),
          cells: [
            <span key="sku" className={css.sku}>
              <Copyable text={l.sku} />
            </span>,
            l.known ? (
              l.title || '—'
            ) : (
              <StateBadge key="unknown" area="" value="" tone="exception" text={say('ui.order.unknown_sku')} />
            ),
            l.cancelled ? `${l.quantity - l.cancelled} / ${l.quantity}` : l.quantity,
            <Money key="price" amount={l.unit_price} currency={o.currency} />,
            <From key="from" order={o} line={l.no} />,
          ],
        }))}
      />
    </Card>
  )
}

function From({ order: o, line }: { order: Order; line: number }) {
  const parts = o.fulfilments
    .filter(f => !['cancelled', 'rejected'].includes(f.status))
    .flatMap(f => f.lines.filter(l => l.line_no === line).map(l => ({ f, l })))
  const owed = o.back_orders.filter(b => b.line_no === line)
  if (parts.length + owed.length === 0) return <span className={css.quiet}>—</span>
  return (
    <span style={{ display: 'grid', gap: 2, justifyItems: 'start' }}>
      {parts.map(({ f, l }) => (
        <Part key={`${f.id} ${l.seq}`} f={f} quantity={l.quantity} />
      ))}
      {owed.map(b => (
        <StateBadge
          key={b.since}
          area=""
          value="owed"
          tone="exception"
          text={say('ui.order.owed', { n: b.quantity })}
        />
      ))}
    </span>
  )
}

const Part = ({ f, quantity }: { f: Fulfilment; quantity: number }) => (
  <span style={{ whiteSpace: 'nowrap' }}>
    {f.node} × {quantity} <StateBadge area="fulfilment.status" value={f.status} />
  </span>
)
