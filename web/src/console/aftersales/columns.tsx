import { Link } from 'wouter'
import type { Case, Refund } from '../../api/types.gen.ts'
import { capital, say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { Money } from '../../ui/Money.tsx'
import { StateBadge, type Tone } from '../../ui/StateBadge.tsx'
import { TimeLeft, When } from '../../ui/When.tsx'

const caseTones: Record<string, Tone> = {
  requested: 'review',
  approved: 'returning',
  received: 'pack',
  inspected: 'picking',
  closed: 'neutral',
  rejected: 'cancelled',
  cancelled: 'cancelled',
  expired: 'cancelled',
}
const refundTones: Record<string, Tone> = {
  requested: 'review',
  approved: 'pack',
  sent: 'shipped',
  failed: 'exception',
  done: 'delivered',
  rejected: 'cancelled',
}

export const CaseState = ({ value }: { value: string }) => (
  <StateBadge area="" value={value} tone={caseTones[value]} text={say(`ui.aftersales.status.${value}`)} />
)

export const RefundState = ({ value }: { value: string }) => (
  <StateBadge area="" value={value} tone={refundTones[value]} text={say(`ui.aftersales.refund.${value}`)} />
)

export const isOver = (status: string) => ['closed', 'rejected', 'cancelled', 'expired'].includes(status)

/** Pieces asked for, and how many of them are here. */
export const pieces = (c: Case) => ({
  asked: c.lines.reduce((n, l) => n + l.quantity, 0),
  here: c.lines.reduce((n, l) => n + l.received, 0),
})

export function caseColumns(): Column<Case>[] {
  return [
    {
      key: 'case',
      title: say('ui.aftersales.case'),
      width: '150px',
      cell: c => (
        <Link href={`/returns/${c.id}`} className="code">
          {c.id}
        </Link>
      ),
    },
    { key: 'state', title: say('ui.aftersales.status'), width: '124px', cell: c => <CaseState value={c.status} /> },
    {
      key: 'kind',
      title: say('ui.aftersales.kind'),
      width: '156px',
      cell: c => capital(say(`aftersales.kind.${c.kind}`)),
    },
    {
      key: 'reason',
      title: say('ui.aftersales.reason'),
      width: 'minmax(130px, 1fr)',
      cell: c => capital(say(`aftersales.reason.${c.reason}`)),
    },
    {
      key: 'order',
      title: say('ui.aftersales.order'),
      width: '170px',
      cell: c => (
        <Link href={`/orders/${c.order}`} className="code">
          {c.order_no ?? c.order}
        </Link>
      ),
    },
    {
      key: 'pieces',
      title: say('ui.aftersales.pieces_here'),
      width: '72px',
      num: true,
      cell: c => (['reship', 'refund'].includes(c.kind) ? '—' : `${pieces(c).here} / ${pieces(c).asked}`),
    },
    {
      key: 'waybill',
      title: say('ui.aftersales.waybill'),
      width: '150px',
      cell: c => <span className="code">{c.waybill ?? '—'}</span>,
    },
    {
      key: 'deadline',
      title: say('ui.aftersales.deadline'),
      width: '96px',
      num: true,
      cell: c => <TimeLeft until={c.deadline} over={isOver(c.status)} />,
    },
    {
      key: 'opened',
      title: say('ui.aftersales.asked'),
      width: '116px',
      cell: c => <When at={c.opened_at} as="clock" />,
    },
    { key: 'node', title: say('ui.warehouse'), width: '80px', off: true, cell: c => c.node ?? '—' },
  ]
}

export function refundColumns(): Column<Refund>[] {
  return [
    {
      key: 'refund',
      title: say('ui.aftersales.refund'),
      width: '170px',
      cell: r => <span className="code">{r.id}</span>,
    },
    { key: 'state', title: say('ui.aftersales.status'), width: '150px', cell: r => <RefundState value={r.status} /> },
    {
      key: 'amount',
      title: say('ui.aftersales.amount'),
      width: '120px',
      num: true,
      cell: r => <Money amount={r.amount} currency={r.currency} />,
    },
    {
      key: 'reason',
      title: say('ui.aftersales.reason'),
      width: 'minmax(150px, 1fr)',
      cell: r => capital(say(`aftersales.reason.${r.reason}`)),
    },
    {
      key: 'case',
      title: say('ui.aftersales.case'),
      width: '170px',
      cell: r => (
        <Link href={`/returns/${r.case}`} className="code">
          {r.case}
        </Link>
      ),
    },
    {
      key: 'asked',
      title: say('ui.aftersales.asked'),
      width: '120px',
      cell: r => <When at={r.asked_at} as="clock" />,
    },
  ]
}
