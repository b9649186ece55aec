import { describe, expect, it } from 'vitest'
import type { Place } from '../../api/types.gen.ts'
import { planOf, shade, way } from './plan.ts'

const place = (code: string, x_m: number, y_m: number, more: Partial<Place> = {}): Place => ({
  code,
  x_m,
  y_m,
  zone: 'A',
  kind: 'pick',
  aisle: 1,
  bay: 1,
  level: 1,
  pick_seq: 0,
  units: 1,
  skus: 1,
  picks: 0,
  open: 0,
  ...more,
})

const places = [
  place('A1', 2, 10, { picks: 3 }),
  place('A1-2', 2, 10, { picks: 4, level: 2 }),
  place('A2', 2, 20),
  place('B1', 6, 10, { aisle: 2 }),
  place('STAGE', 4, 0, { aisle: 0, kind: 'stage' }),
]

describe('the plan of a floor', () => {
  it('puts what stands over each other into one cell', () => {
    const plan = planOf(places)
    expect(plan?.cells).toHaveLength(4)
    expect(plan?.cells.find(c => c.key === '2 10')).toMatchObject({ picks: 7, units: 2 })
  })
  it('is not drawn where nothing has coordinates', () => {
    expect(planOf([place('A', 0, 0)])).toBeNull()
  })
  it('walks along aisles and over the nearer end', () => {
    const plan = planOf(places)
    if (!plan) throw new Error()
    expect(
      way(plan, [
        { x: 2, y: 10 },
        { x: 6, y: 10 },
      ])[1],
    ).toEqual({ x: 2, y: plan.front })
    expect(
      way(plan, [
        { x: 2, y: 20 },
        { x: 6, y: 19 },
      ])[1],
    ).toEqual({ x: 2, y: plan.back })
    expect(
      way(plan, [
        { x: 2, y: 10 },
        { x: 2, y: 20 },
      ]),
    ).toHaveLength(2)
  })
  it('shades by quarters of the greatest', () => {
    expect([0, 1, 25, 26, 100].map(v => shade(v, 100))).toEqual([0, 1, 1, 2, 4])
  })
})
