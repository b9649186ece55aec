import type { OrderSummary, SearchHit } from '../../api/types.gen.ts'
import { name, say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { Money } from '../../ui/Money.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { TimeLeft, When } from '../../ui/When.tsx'

/** A row: an order of a list, or one that was found, of which less is known. */
export type Row = SearchHit | OrderSummary

const full = (o: Row): Partial<OrderSummary> => o as Partial<OrderSummary>

/** Whether somebody still waits for it. */
export const isOpen = (o: Row) =>
  !['shipped', 'cancelled'].includes(o.fulfilment) && !['rejected', 'cancelled'].includes(o.review)

/** The columns of orders. currency is the company's, in which fines are. */
export function columns(currency: string): Column<Row>[] {
  return [
    {
      key: 'no',
      title: say('ui.orders.no'),
      width: '172px',
      cell: o => (
        <a href={`/orders/${o.id}`} className="code">
          {o.external_no}
        </a>
      ),
    },
    { key: 'state', title: say('ui.orders.state'), width: '190px', cell: State },
    {
      key: 'deadline',
      title: say('ui.orders.deadline'),
      width: '100px',
      num: true,
      sort: 'deadline',
      cell: o => <TimeLeft until={full(o).deadline ?? full(o).ship_by} over={!isOpen(o)} />,
    },
    {
      key: 'fine',
      title: say('ui.orders.fine'),
      width: '92px',
      num: true,
      sort: 'fine',
      cell: o => <Money amount={full(o).fine_at_risk} currency={currency} quietZero />,
    },
    {
      key: 'total',
      title: say('ui.orders.total'),
      width: '122px',
      num: true,
      cell: o => <Money amount={full(o).total} currency={full(o).currency ?? currency} />,
    },
    { key: 'units', title: say('ui.orders.units'), width: '64px', num: true, cell: o => full(o).units ?? '—' },
    {
      key: 'to',
      title: say('ui.orders.recipient'),
      width: 'minmax(180px, 1fr)',
      cell: o => [o.recipient, full(o).province, o.city].filter(Boolean).join(' '),
    },
    {
      key: 'channel',
      title: say('ui.orders.channel'),
      width: '170px',
      cell: o => [o.channel, o.shop].filter(Boolean).join(' / '),
    },
    { key: 'placed', title: say('ui.orders.placed'), width: '104px', cell: o => <When at={o.placed_at} as="clock" /> },
    {
      key: 'payment',
      title: say('ui.orders.payment'),
      width: '110px',
      off: true,
      cell: o => <StateBadge area="order.payment" value={o.payment} />,
    },
    {
      key: 'delivery',
      title: say('ui.orders.delivery'),
      width: '130px',
      off: true,
      cell: o => <StateBadge area="order.delivery" value={o.delivery} />,
    },
    {
      key: 'kind',
      title: say('ui.orders.kind'),
      width: '110px',
      off: true,
      cell: o => name('order.kind', full(o).kind),
    },
    {
      key: 'id',
      title: say('ui.orders.id'),
      width: '180px',
      off: true,
      cell: o => <span className="code">{o.id}</span>,
    },
  ]
}

/** The one or two states that say where an order is: review until it is passed, then goods, then the road. */
function State(o: Row) {
  const badges = []
  const reviewed = ['passed', 'approved'].includes(o.review)
  if (o.payment === 'unpaid') badges.push(<StateBadge key="p" area="order.payment" value={o.payment} />)
  if (!reviewed) badges.push(<StateBadge key="r" area="order.review" value={o.review} />)
  else if (o.delivery !== 'none') badges.push(<StateBadge key="d" area="order.delivery" value={o.delivery} />)
  else badges.push(<StateBadge key="f" area="order.fulfilment" value={o.fulfilment} />)
  if (reviewed && (full(o).holds ?? 0) > 0) badges.push(<StateBadge key="h" area="order.review" value="held" />)
  if (o.aftersale === 'open')
    badges.push(<StateBadge key="a" area="order.aftersale" value="open" text={say('ui.orders.aftersale')} />)
  return <span style={{ display: 'inline-flex', gap: 4 }}>{badges}</span>
}
