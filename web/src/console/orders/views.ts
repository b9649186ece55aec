import type { Queues } from '../../api/types.gen.ts'
import type { Query } from '../../shared/api.ts'
import { say } from '../../shared/words.ts'
import { instant } from '../../ui/DateField.tsx'
import type { Filter } from '../../ui/ListBar.tsx'
import type { View } from '../../ui/views.ts'

/** The fields of the list that are in the address. */
export const fields = [
  'q',
  'review',
  'fulfilment',
  'delivery',
  'payment',
  'kind',
  'channel',
  'placed_from',
  'placed_to',
  'open',
  'sort',
]

/** The queues, each with how many stand in it. */
export function builtIn(counts: Queues | undefined): View[] {
  const view = (id: string, filters: Record<string, string>, count?: string): View => ({
    id,
    title: say(`ui.orders.view.${id}`),
    filters,
    count,
  })
  return [
    view('all', {}),
    view('urgent', { open: 'true', sort: 'deadline' }),
    view('pending', { review: 'pending' }, counts?.pending),
    view('held', { review: 'held', sort: 'deadline' }, counts?.held),
    view('waiting', { fulfilment: 'waiting', sort: 'deadline' }, counts?.waiting),
    view('backordered', { fulfilment: 'backordered', sort: 'deadline' }, counts?.backordered),
    view('allocated', { fulfilment: 'allocated', sort: 'deadline' }, counts?.allocated),
    view('partial', { fulfilment: 'partial', sort: 'deadline' }, counts?.partial),
  ]
}

const values: Record<string, string[]> = {
  review: ['pending', 'held', 'passed', 'approved', 'rejected', 'cancelled'],
  fulfilment: ['none', 'waiting', 'backordered', 'allocated', 'partial', 'shipped', 'cancelled'],
  delivery: ['none', 'in_transit', 'partial', 'delivered', 'failed', 'returned'],
  payment: ['unpaid', 'authorized', 'paid', 'refunded'],
  kind: ['normal', 'presale', 'cod', 'exchange', 'reship', 'gift', 'dropship'],
}

/** The filters above the list. */
export function filters(): Filter[] {
  const choices = Object.entries(values).map(([name, list]) => ({
    name,
    label: say(`ui.orders.${name}`),
    options: list.map(value => ({ value, text: say(`order.${name}.${value}`) })),
  }))
  return [
    ...choices,
    { name: 'placed_from', label: say('ui.orders.placed_from') },
    { name: 'placed_to', label: say('ui.orders.placed_to') },
  ]
}

const queues: Record<string, string[]> = {
  review: ['pending', 'held'],
  fulfilment: ['waiting', 'backordered', 'allocated', 'partial'],
}

/** The filters as the API takes them. What is sorted by urgency is a queue: without one it is all open orders. */
export function queryOf(f: Record<string, string>): Query<'list-orders'> {
  const { q: _, placed_from, placed_to, ...rest } = f
  const queue = Object.entries(queues).some(([field, list]) => list.includes(f[field] ?? ''))
  return {
    ...rest,
    ...(f.sort && !queue ? { open: 'true' as const } : {}),
    ...(placed_from ? { placed_from: dayStart(placed_from) } : {}),
    ...(placed_to ? { placed_to: dayStart(placed_to, 1) } : {}),
  }
}

/** Where a day begins in the zone of the warehouse. */
const dayStart = (day: string, later = 0) => new Date(instant(`${day}T00:00`) + later * 86_400_000).toISOString()
