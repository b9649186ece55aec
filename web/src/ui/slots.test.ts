import { describe, expect, it } from 'vitest'
import { covers, hurried, refilled, type Slot } from './slots.ts'

const at = (slots: Slot[]) => slots.map(s => s.at)
const keys = (slots: Slot[]) => slots.map(s => s.key)

describe('the places of rows', () => {
  it('stay where a row stays in sight, and take the rows that come', () => {
    const before = refilled([], 0, 12)
    const after = refilled(before, 4, 16)
    expect(at(after)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
    expect(after.slice(0, 8)).toEqual(before.slice(4))
    expect(keys(after).sort((a, b) => a - b)).toEqual(keys(before))
  })

  it('keep their order after a jump, so that nothing is moved on the page', () => {
    const before = refilled(refilled([], 0, 12), 4, 16)
    expect(keys(refilled(before, 900, 912))).toEqual(keys(before))
  })

  it('show no row twice and leave none out, wherever somebody goes', () => {
    let slots: Slot[] = []
    let from = 0
    for (let i = 1; i < 400; i++) {
      from = (from * 7 + i * 31) % 500
      const near = { from, to: from + 12 }
      const sight = { from: from + (i % 4), to: from + (i % 4) + 6 }
      slots = hurried(slots, near, sight)
      expect(covers(slots, sight)).toBe(true)
      expect(new Set(at(slots)).size).toBe(slots.length)
      if (i % 3 === 0) slots = refilled(slots, near.from, near.to)
      expect(new Set(keys(slots)).size).toBe(slots.length)
      expect(slots.length).toBeLessThanOrEqual(12)
    }
  })
})

it('a hurried list draws what is in sight, and leaves the rest for later', () => {
  const before = refilled([], 0, 12)
  const after = hurried(before, { from: 900, to: 912 }, { from: 904, to: 908 })
  expect(at(after)).toEqual([0, 1, 2, 3, 904, 905, 906, 907, 8, 9, 10, 11])
  expect(hurried([], { from: 0, to: 12 }, { from: 0, to: 3 }).length).toBe(3)
})
