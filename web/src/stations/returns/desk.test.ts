import { expect, it } from 'vitest'
import type { Case } from '../../api/types.gen.ts'
import { finished, linesOf, onlyOpen } from './desk.ts'

const line = (sku: string, quantity: number) => ({ line_no: 1, sku, quantity, received: 0 })
const unit = (sku: string, quantity: number, fate: 'waiting' | 'restock') => ({
  id: sku + fate,
  line_no: 1,
  sku,
  quantity,
  fate,
  received_at: '',
  received_by: '',
})
const one = (lines: Case['lines'], units: Case['units']) => ({ lines, units }) as Case

it('counts what has a grade, and knows when there is only one thing left to look at', () => {
  const c = one([line('A', 2), line('B', 1)], [unit('A', 1, 'restock'), unit('A', 1, 'waiting')])
  expect(linesOf(c)).toEqual([
    { sku: 'A', title: '', asked: 2, graded: 1 },
    { sku: 'B', title: '', asked: 1, graded: 0 },
  ])
  expect(onlyOpen(c)).toBe('')
  expect(finished(c)).toBe(false)
  const later = one(c.lines, [unit('A', 2, 'restock')])
  expect(onlyOpen(later)).toBe('B')
  expect(finished(one(c.lines, [unit('A', 2, 'restock'), unit('B', 1, 'restock')]))).toBe(true)
})

it('counts goods that nobody asked for and that came all the same', () => {
  expect(linesOf(one([line('A', 1)], [unit('X', 1, 'restock')]))).toContainEqual({
    sku: 'X',
    title: '',
    asked: 0,
    graded: 1,
  })
})
