import { expect, test } from 'vitest'
import type { FigureHour } from '../../api/types.gen.ts'
import { setZone } from '../../shared/clock.ts'
import { columnsOf, inTime, pace, parts, total } from './figures.ts'

const at = (i: number) => new Date(Date.UTC(2026, 2, 1, 16) + i * 3_600_000).toISOString()
const hours: FigureHour[] = [
  {
    at: at(0),
    counts: [
      { figure: 'shipped', node: 'A', part: 'sf', n: 6 },
      { figure: 'shipped', node: 'B', part: 'zto', n: 2 },
      { figure: 'late', node: 'A', part: 'sf', n: 2 },
    ],
  },
  { at: at(1), counts: [] },
  { at: at(2), counts: [{ figure: 'shipped', node: 'A', part: 'sf', n: 2 }] },
]

test('figures add up over hours, warehouses and parts', () => {
  expect(total(hours, 'shipped')).toBe(10)
  expect(total(hours, 'shipped', 'sf')).toBe(8)
  expect(parts(hours, 'shipped')).toEqual([
    { part: 'sf', n: 8 },
    { part: 'zto', n: 2 },
  ])
  expect(inTime(hours)).toBe(0.8)
  expect(inTime(hours, 'zto')).toBe(1)
  expect(inTime([])).toBeUndefined()
  expect(pace(hours, 'shipped')).toBe(5)
  expect(pace(hours, 'picked')).toBeUndefined()
})

test('many hours are shown as days of the warehouse', () => {
  setZone('Asia/Shanghai') // 16:00 UTC is midnight there
  const week = Array.from({ length: 72 }, (_, i) => ({ at: at(i), counts: [] }))
  const days = columnsOf({ from: at(0), to: at(72), hours: week })
  expect(days.map(d => d.hours.length)).toEqual([24, 24, 24])
  expect(days[0]?.to).toBe(days[1]?.from)
  expect(columnsOf({ from: at(0), to: at(3), hours }).map(c => c.name)).toEqual(['00:00', '01:00', '02:00'])
})
