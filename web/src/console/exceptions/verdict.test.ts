import { describe, expect, it } from 'vitest'
import type { Event, Rule } from '../../api/types.gen.ts'
import { evidence, lastVerdict } from './verdict.ts'

const event = (kind: string, params: unknown) =>
  ({ id: kind, at: '2026-03-02T04:00:00Z', kind, params }) as unknown as Event

describe('the decision record', () => {
  it('is that of the last review, whatever came after it', () => {
    const v = lastVerdict([
      event('review.passed.v1', { ruleset: 'old' }),
      event('review.held.v1', {
        ruleset: 'new',
        fired: ['unpaid'],
        holds: [{ code: 'review.unpaid', rule: 'unpaid', version: 1 }],
      }),
      event('review.claimed.v1', {}),
    ])
    expect(v?.ruleset).toBe('new')
    expect(v?.fired).toEqual(['unpaid'])
    expect(lastVerdict([event('order.received.v1', {})])).toBeUndefined()
  })
  it('shows of the facts those that the rule names', () => {
    const rule = { expr: 'order.payment != "paid" && order.total > 100' } as Rule
    expect(evidence(rule, { 'order.payment': 'unpaid', 'order.kind': 'normal' })).toEqual([['order.payment', 'unpaid']])
    expect(evidence(rule, { order: { total: 7 } })).toEqual([['order.total', 7]])
    expect(evidence(undefined, { a: 1 })).toEqual([])
  })
})
