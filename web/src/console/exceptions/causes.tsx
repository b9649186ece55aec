import { say } from '../../shared/words.ts'
import { StateBadge, type Tone } from '../../ui/StateBadge.tsx'

const tones: Record<string, Tone> = {
  refund: 'returning',
  payment: 'unpaid',
  goods: 'exception',
  price: 'pack',
  address: 'review',
  risk: 'exception',
  logistics: 'shipped',
  rule: 'picking',
  stock: 'allocate',
  parked: 'hold',
  snoozed: 'neutral',
}

/** What was put aside: no decision is awaited. */
export const aside = ['parked', 'snoozed']

/** The cause of a case in its colour. */
export const CauseBadge = ({ cause }: { cause: string }) => (
  <StateBadge area="review.cause" value={cause} tone={tones[cause]} />
)

/** The quick queries: every cause that has cases, with its count. 1 to 9 choose one. */
export function quick(causes: { cause: string; count: string }[], at: string, left: string) {
  const shown = causes.filter(c => c.count !== '0' || c.cause === at)
  return [
    { cause: '', title: say('ui.exceptions.all'), count: left },
    ...shown.map(c => ({ ...c, title: say(`review.cause.${c.cause}`) })),
  ]
}
