import type { Today } from '../../api/types.gen.ts'
import type { Now } from './useNow.ts'

/** A number with where it leads. more: there are that many or more. */
export interface Tile {
  id: string
  n: number
  more?: boolean
  to: string
}

const most = 1000 // the server counts no further

/** "17" or "1000+" as a number. */
const read = (text: string | undefined) => ({ n: Number.parseInt(text ?? '0', 10) || 0, more: text?.endsWith('+') })

/** The work that waits for this person, by queue; what they may not see was not asked for and is left out. */
export function tiles(now: Now, today: Today | undefined): Tile[] {
  const out: Tile[] = []
  const add = (id: string, to: string, count: { n: number; more?: boolean } | undefined) => {
    if (count) out.push({ id, to, ...count })
  }
  add('exceptions', '/exceptions', now.exceptions && read(now.exceptions.left))
  add('waves', '/waves', now.outlook && { n: sum(now.outlook.map(n => n.orders)), more: now.outlook.some(n => n.more) })
  const boards = today?.nodes.flatMap(n => n.cutoffs)
  add('pack', '/pack', boards && { n: sum(boards.map(b => b.picked)) })
  add('dispatch', '/dispatch', boards && { n: sum(boards.map(b => b.packed)) })
  add('cases', '/returns', now.cases && upto(now.cases.cases.requested))
  add('shipments', '/shipments', now.shipments && upto(sum(Object.values(now.shipments))))
  return out
}

const upto = (n: number | undefined) => ({ n: n ?? 0, more: (n ?? 0) >= most })

/** What is wrong, the worst first. What is not is left out. */
export function alarms(now: Now, today: Today | undefined): Tile[] {
  const count = (id: string, to: string, n: number | undefined, more?: boolean): Tile => ({ id, to, n: n ?? 0, more })
  const late = sum((today?.nodes ?? []).flatMap(n => n.cutoffs.map(c => c.late)))
  return [
    count('late', '/orders?view=urgent', late),
    count('stops', '/dispatch', now.stops?.stops.length, !!now.stops?.next_cursor),
    count('lost', '/shipments?view=lost', now.shipments?.lost),
    count('unlabelled', '/shipments?view=unlabelled', now.shipments?.unlabelled),
    count('stuck', '/shipments?view=stuck', now.shipments?.stuck),
    count(
      'backordered',
      '/exceptions?cause=stock',
      read(now.orders?.backordered).n,
      read(now.orders?.backordered).more,
    ),
  ].filter(a => a.n > 0)
}

const sum = (list: number[]) => list.reduce((a, b) => a + b, 0)
