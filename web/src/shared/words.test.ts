import { beforeEach, describe, expect, it } from 'vitest'
import { name, say, use } from './words.ts'

beforeEach(() =>
  use('en', {
    wait: '{n} {n|unit waits|units wait}',
    held: 'On hold, to be settled by {owner:order.owner}: {reason:}',
    unpaid: '{total} {currency} must be paid.',
    'order.owner.customer': 'Customer',
    'order.review.held': 'Held',
    place: 'Parcel {status:track.status} {place?}',
    'track.status.picked_up': 'picked up',
    loop: '{reason:}',
  }),
)

describe('a sentence', () => {
  it('agrees with its numbers', () => {
    expect(say('wait', { n: 1 })).toBe('1 unit waits')
    expect(say('wait', { n: '1' })).toBe('1 unit waits')
    expect(say('wait', { n: 0 })).toBe('0 units wait')
  })
  it('says codes in words, with the parameters beside them', () => {
    const params = { owner: 'customer', reason: 'unpaid', params: { total: '20.00', currency: 'CNY' } }
    expect(say('held', params)).toBe('On hold, to be settled by Customer: 20.00 CNY must be paid.')
  })
  it('leaves no trailing space where a part is missing', () => {
    expect(say('place', { status: 'picked_up' })).toBe('Parcel picked up')
  })
  it('never reads a value as a sentence', () => {
    expect(say('unpaid', { total: '{currency}', currency: 'CNY' })).toBe('{currency} CNY must be paid.')
  })
  it('shows that an inner sentence misses its parameters', () => {
    expect(say('held', { owner: 'customer', reason: 'unpaid', params: {} })).toContain('…')
  })
  it('ends where a code names the sentence it stands in', () => {
    expect(say('loop', { reason: 'loop' })).toBe('loop')
  })
  it('hides nothing: a code without words is shown', () => {
    expect(say('nobody.knows', { b: 2, a: [1, 2] })).toBe('nobody.knows (a=1, 2, b=2)')
    expect(name('order.review', 'held')).toBe('Held')
    expect(name('order.review', 'strange')).toBe('strange')
  })
})
