import { Link } from 'wouter'
import type { TroubledShipment } from '../../api/types.gen.ts'
import { now } from '../../shared/clock.ts'
import { number } from '../../shared/format.ts'
import { has, name, say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { StateBadge, type Tone } from '../../ui/StateBadge.tsx'
import { TimeLeft, When } from '../../ui/When.tsx'

export type Row = TroubledShipment

const tones: Record<string, Tone> = {
  delivery_failed: 'exception',
  delivery_delayed: 'exception',
  on_hold: 'hold',
  return_to_sender: 'returning',
  pending: 'unpaid',
}

/** Where a parcel is, in the colour of its trouble. */
export function Where({ s }: { s: Pick<Row, 'status' | 'tracking'> }) {
  if (s.status === 'failed') return <StateBadge area="ship.status" value="failed" tone="exception" />
  const at = s.tracking ?? 'pending'
  return <StateBadge area="track.status" value={at} tone={tones[at] ?? 'shipped'} text={say(`ui.shipments.at.${at}`)} />
}

/** What is wrong, in short words; the promise last, because it follows from the rest. */
export function trouble(s: Pick<Row, 'late' | 'reason' | 'why' | 'status'>): string {
  const late = (s.late ?? '').split(' ').filter(Boolean)
  const codes = late.map(c => `ui.shipments.late.${c.replace('track.late.', '')}`).filter(has)
  const why = s.why ?? (s.status === 'failed' ? '' : name('track.reason', s.reason))
  return [why, ...codes.map(c => say(c))].filter(Boolean).join(' · ')
}

/** Whole days since something was last seen of it. */
export const days = (since: string) => Math.max(0, Math.floor((now() - new Date(since).getTime()) / 86_400_000))

export function columns(): Column<Row>[] {
  return [
    {
      key: 'waybill',
      title: say('ui.shipments.waybill'),
      width: '180px',
      cell: s => <span className="code">{s.waybill ?? '—'}</span>,
    },
    { key: 'state', title: say('ui.shipments.where'), width: '150px', cell: s => <Where s={s} /> },
    { key: 'trouble', title: say('ui.shipments.trouble'), width: 'minmax(220px, 1.4fr)', cell: trouble },
    {
      key: 'age',
      title: say('ui.shipments.age'),
      width: '96px',
      num: true,
      cell: s => (
        <span title={say('ui.shipments.age_of', { n: number(days(s.since)) })}>
          {say('ui.shipments.days', { n: number(days(s.since)) })}
        </span>
      ),
    },
    {
      key: 'promised',
      title: say('ui.shipments.promised'),
      width: '110px',
      num: true,
      cell: s => <TimeLeft until={s.promised_by} />,
    },
    { key: 'carrier', title: say('ui.shipments.carrier'), width: '90px', cell: s => s.carrier },
    {
      key: 'order',
      title: say('ui.shipments.order'),
      width: '170px',
      cell: s => (
        <Link href={`/orders/${s.order}`} className="code">
          {s.order_no}
        </Link>
      ),
    },
    {
      key: 'to',
      title: say('ui.shipments.to'),
      width: 'minmax(120px, 1fr)',
      cell: s => [s.recipient, s.city].filter(Boolean).join(' '),
    },
    {
      key: 'case',
      title: say('ui.shipments.case'),
      width: '90px',
      cell: s =>
        s.aftersale === 'none' ? '—' : <StateBadge area="order.aftersale" value={s.aftersale} tone="returning" />,
    },
    { key: 'node', title: say('ui.warehouse'), width: '80px', off: true, cell: s => s.node },
    {
      key: 'left',
      title: say('ui.shipments.left'),
      width: '120px',
      off: true,
      cell: s => <When at={s.handed_over_at} as="clock" />,
    },
  ]
}
