import type { Order } from '../../api/types.gen.ts'
import { name, say } from '../../shared/words.ts'
import { Card, Facts } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { Money as Amount } from '../../ui/Money.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { When } from '../../ui/When.tsx'
import css from './Order.module.css'

/** What the order is worth and what was paid. */
export function Money({ order: o }: { order: Order }) {
  const amount = (text: string) => (
    <span className={css.amount}>
      <Amount amount={text} currency={o.currency} />
    </span>
  )
  return (
    <Card title={say('ui.order.money')} acts={<StateBadge area="order.payment" value={o.payment} />}>
      <Facts
        list={[
          [say('ui.orders.total'), amount(o.total)],
          [say('ui.order.paid'), amount(o.paid_amount)],
          [say('ui.order.shipping_fee'), amount(o.shipping_fee)],
          [say('ui.order.discount'), Number(o.discount) ? amount(o.discount) : undefined],
          [say('ui.order.method'), name('order.method', o.payment_method)],
          [say('ui.order.paid_at'), o.paid_at && <When at={o.paid_at} as="clock" />],
        ]}
      />
    </Card>
  )
}

/** Who bought, masked, and where it goes. */
export function Customer({ order: o }: { order: Order }) {
  const r = o.recipient
  return (
    <Card title={say('ui.order.customer')}>
      <Facts
        list={[
          [say('ui.orders.recipient'), r.name],
          [say('ui.order.phone'), r.phone],
          [say('ui.order.address'), [r.province, r.city, r.district, r.address].filter(Boolean).join(' ')],
          [say('ui.orders.channel'), [o.channel, o.shop].filter(Boolean).join(' / ')],
          [say('ui.orders.kind'), name('order.kind', o.kind)],
          [say('ui.orders.placed'), <When key="p" at={o.placed_at} as="clock" />],
          [say('ui.order.buyer_note'), o.notes.buyer],
          [say('ui.order.seller_note'), o.notes.seller],
          [say('ui.orders.id'), <Copyable key="id" text={o.id} />],
        ]}
      />
    </Card>
  )
}
