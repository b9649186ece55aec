import type { Event, Order } from '../../api/types.gen.ts'
import { say } from '../../shared/words.ts'
import type { Step } from '../../ui/Stepper.tsx'

/** The kinds of events that end a stage, in the order of an order's way. */
const stages: [string, RegExp][] = [
  ['reviewed', /^review\.(passed|approved)\./],
  ['allocated', /^allocation\.allocated\./],
  ['picked', /^pick\.picked\./],
  ['packed', /^pack\.packed\./],
  ['handed_over', /^ship\.handed_over\./],
  ['delivered', /^order\.delivered\./],
]

/** The way of an order as far as it went. A stage counts when it happened last: what was done before a re-route is done again. */
export function wayOf(o: Order, events: Event[]): Step[] {
  const times = new Map<string, string>([['placed', o.placed_at]])
  if (o.paid_at) times.set('paid', o.paid_at)
  for (const e of events) {
    const stage = stages.find(([, kind]) => kind.test(e.kind))?.[0]
    if (stage) times.set(stage, e.at)
  }
  const names = ['placed', 'paid', ...stages.map(([name]) => name)]
  // A channel may say that an order is paid and not when.
  const reached = names.findLastIndex(n => times.has(n) || (n === 'paid' && o.payment === 'paid'))
  const over = ['cancelled'].includes(o.fulfilment) || ['rejected', 'cancelled'].includes(o.review)
  const stopped = over || o.holds.some(h => !h.released_at)
  return names.map((id, i) => ({
    id,
    title: say(`ui.way.${id}`),
    at: times.get(id),
    state: i <= reached ? 'done' : i > reached + 1 || over ? 'ahead' : stopped ? 'stopped' : 'now',
  }))
}
