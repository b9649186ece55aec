import { describe, expect, it } from 'vitest'
import { sight, standing } from './sight.ts'

const tall = 320
const row = 32

describe('the rows that are drawn', () => {
  it('cover what is in sight, wherever the list stands', () => {
    for (let top = 0; top < 4_000; top += 7) {
      const { from, to } = sight(top, tall, row)
      expect(from * row).toBeLessThanOrEqual(top)
      expect(to * row).toBeGreaterThanOrEqual(top + tall)
      expect(to - from).toBeLessThan(tall / row + 2 * 8 + 2 * 4 + 2)
    }
  })

  it('do not change with every row that passes', () => {
    const tops = Array.from({ length: 64 }, (_, i) => sight(1_000 + i * row, tall, row).from)
    expect(new Set(tops).size).toBe(17)
  })
})

describe('a row that is gone to', () => {
  it('stands between the heading and the foot', () => {
    for (const top of [0, 100, 3_000]) {
      for (const at of [0, 3, 50, 93, 900]) {
        const to = standing(top, tall, row, at)
        expect((at + 1) * row).toBeGreaterThanOrEqual(to + row)
        expect((at + 2) * row).toBeLessThanOrEqual(to + tall)
      }
    }
  })

  it('moves nothing when it is in sight', () => {
    expect(standing(320, tall, row, 12)).toBe(320)
  })
})
