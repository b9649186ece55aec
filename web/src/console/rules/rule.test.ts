import { describe, expect, it } from 'vitest'
import { draftOf, expressionOf, inputOf, insert, sentenceOf } from './rule.ts'

describe('a rule', () => {
  it('keeps what nobody changed as it was, expressions too', () => {
    const was = {
      id: 'big',
      name: 'Big',
      priority: 5,
      action: 'hold' as const,
      expr: 'order.total > 1',
      reason: 'review.custom',
      params: { text: '"above " + money(order.total, order.currency)' },
      enabled: true,
    }
    expect(inputOf(draftOf(was), was).params).toEqual(was.params)
    expect(inputOf({ ...draftOf(was), priority: '9' }, was).priority).toBe(9)
  })

  it('writes a sentence as a text, and leaves an expression one', () => {
    expect(expressionOf('needs a "look"')).toBe('"needs a \\"look\\""')
    expect(expressionOf('"above " + string(order.total)')).toBe('"above " + string(order.total)')
    expect(sentenceOf({ text: '"plain"' })).toBe('plain')
    expect(sentenceOf({ text: "'plain'" })).toBe('plain')
    expect(sentenceOf({ text: '"a" + "b"' })).toBe('"a" + "b"')
  })

  it('takes a name in where the cursor stands', () => {
    expect(insert('order.total >', 13, 13, 'risk.same_ip')).toEqual({ text: 'order.total > risk.same_ip', at: 26 })
    expect(insert('a(b)', 2, 3, 'c')).toEqual({ text: 'a(c)', at: 3 })
  })
})
