import { describe, expect, it } from 'vitest'
import { around, sight, standing } from './sight.ts'

const tall = 320
const row = 32

describe('the rows that are drawn', () => {
  it('cover what is in sight with some rows around it, and are as many wherever the list stands', () => {
    const many = new Set<number>()
    for (const up of [false, true]) {
      for (let top = 0; top <= 500 * row - tall; top += 7) {
        const stand = { top, tall, row, count: 500, up }
        const near = around(stand)
        const seen = sight(stand)
        expect(seen.from * row).toBeLessThanOrEqual(top)
        expect(seen.to * row).toBeGreaterThanOrEqual(top + tall)
        expect(near.from).toBeLessThanOrEqual(Math.max(0, seen.from - (up ? 12 : 4)))
        expect(near.to).toBeGreaterThanOrEqual(Math.min(500, seen.to + (up ? 4 : 12)))
        many.add(near.to - near.from)
      }
    }
    expect([...many]).toEqual([32])
  })

  it('are all of a short list', () => {
    expect(around({ top: 0, tall, row, count: 7, up: false })).toEqual({ from: 0, to: 7 })
    expect(around({ top: 0, tall, row, count: 0, up: false })).toEqual({ from: 0, to: 0 })
  })

  it('do not change with every row that passes', () => {
    const from = (i: number) => around({ top: 1_000 + i * row, tall, row, count: 500, up: false }).from
    expect(new Set(Array.from({ length: 64 }, (_, i) => from(i))).size).toBe(17)
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
