import { describe, expect, it } from 'vitest'
import type { Event, Order } from '../../api/types.gen.ts'
import { wayOf } from './way.ts'

const order = (part: Partial<Order>) =>
  ({ placed_at: '2026-03-02T00:00:00Z', fulfilment: 'none', review: 'pending', holds: [], ...part }) as unknown as Order
const event = (kind: string) => ({ kind, at: '2026-03-02T01:00:00Z' }) as Event
const states = (o: Order, e: Event[]) =>
  wayOf(o, e)
    .map(s => s.state)
    .join(' ')

describe('the way of an order', () => {
  it('shows what is on now', () => {
    const paid = order({ paid_at: '2026-03-02T00:01:00Z' })
    expect(states(paid, [event('review.passed.v1'), event('allocation.allocated.v1')])).toBe(
      'done done done done now ahead ahead ahead',
    )
  })
  it('stops where a hold is', () => {
    const held = order({ paid_at: '2026-03-02T00:01:00Z', review: 'held', holds: [{ id: 'h' } as never] })
    expect(states(held, [])).toBe('done done stopped ahead ahead ahead ahead ahead')
  })
  it('counts a payment without its time', () => {
    expect(states(order({ payment: 'paid', review: 'held', holds: [{ id: 'h' } as never] }), [])).toBe(
      'done done stopped ahead ahead ahead ahead ahead',
    )
  })
  it('goes nowhere when it was called off', () => {
    expect(states(order({ review: 'cancelled', fulfilment: 'cancelled' }), [])).toBe(
      'done ahead ahead ahead ahead ahead ahead ahead',
    )
  })
})
