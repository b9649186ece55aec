import {
  Ban,
  Check,
  Clock,
  Eye,
  Hand,
  type LucideIcon,
  Package,
  Pause,
  Split,
  TriangleAlert,
  Truck,
  Undo2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { capital, name } from '../shared/words.ts'
import css from './StateBadge.module.css'

/** The colours of the house: one hue a state, never colour alone. */
export type Tone =
  | 'unpaid'
  | 'review'
  | 'exception'
  | 'hold'
  | 'allocate'
  | 'picking'
  | 'pack'
  | 'shipped'
  | 'delivered'
  | 'returning'
  | 'cancelled'
  | 'neutral'

const icons: Record<Tone, LucideIcon | null> = {
  unpaid: Clock,
  review: Eye,
  exception: TriangleAlert,
  hold: Pause,
  allocate: Split,
  picking: Hand,
  pack: Package,
  shipped: Truck,
  delivered: Check,
  returning: Undo2,
  cancelled: Ban,
  neutral: null,
}

/** Made once: they are all over long lists. */
const drawn = Object.fromEntries(
  Object.entries(icons).map(([tone, Icon]) => [tone, Icon && <Icon size={12} strokeWidth={2.25} aria-hidden="true" />]),
) as Record<Tone, ReactNode>

/** What the values of each area of words look like. A value that is not here is neutral. */
const tones: Record<string, Record<string, Tone>> = {
  'order.payment': { unpaid: 'unpaid', authorized: 'unpaid', paid: 'neutral', refunded: 'returning' },
  'order.review': {
    pending: 'review',
    held: 'hold',
    passed: 'neutral',
    approved: 'neutral',
    rejected: 'cancelled',
    cancelled: 'cancelled',
  },
  'order.fulfilment': {
    none: 'neutral',
    waiting: 'allocate',
    backordered: 'exception',
    allocated: 'picking',
    partial: 'shipped',
    shipped: 'shipped',
    cancelled: 'cancelled',
  },
  'order.delivery': {
    in_transit: 'shipped',
    partial: 'shipped',
    delivered: 'delivered',
    failed: 'exception',
    returned: 'returning',
  },
  'order.aftersale': { open: 'returning' },
  'order.label': {
    unpaid: 'unpaid',
    reviewing: 'review',
    action: 'exception',
    preparing: 'picking',
    partly_shipped: 'shipped',
    shipped: 'shipped',
    on_the_way: 'shipped',
    delivered: 'delivered',
    returned: 'returning',
    aftersale: 'returning',
    cancelled: 'cancelled',
  },
  'fulfilment.status': {
    allocated: 'allocate',
    released: 'picking',
    picked: 'pack',
    packed: 'pack',
    shipped: 'shipped',
    rejected: 'exception',
    cancelled: 'cancelled',
  },
  'track.status': {
    in_transit: 'shipped',
    picked_up: 'shipped',
    out_for_delivery: 'shipped',
    ready_for_pickup: 'shipped',
    delivered: 'delivered',
    exception: 'exception',
    failed: 'exception',
    returning: 'returning',
    returned: 'returning',
  },
}

/** A state in its colour, with its icon and its word: <StateBadge area="order.review" value="held" />. tone overrules the table. */
export function StateBadge({ area, value, tone, text }: { area: string; value: string; tone?: Tone; text?: string }) {
  const t = tone ?? tones[area]?.[value] ?? 'neutral'
  return (
    <span className={`${css.badge} ${css[t]}`} data-state={value}>
      {drawn[t]}
      {capital(text ?? name(area, value))}
    </span>
  )
}
