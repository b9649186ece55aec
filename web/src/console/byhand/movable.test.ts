import { expect, it } from 'vitest'
import { movable } from './movable.ts'

it('what a warehouse holds itself does not move to it, and the rest of a line is one row', () => {
  const pieces = [
    { line: 1, sku: 'A', quantity: 1 },
    { line: 1, sku: 'A', quantity: 2, node: 'HZ', fulfilment: 'ful_1' },
    { line: 1, sku: 'A', quantity: 4, node: 'GZ', fulfilment: 'ful_2' },
    { line: 2, sku: 'B', quantity: 1, node: 'GZ', fulfilment: 'ful_2' },
  ]
  expect(movable(pieces, 'GZ')).toEqual([{ key: '1 A', sku: 'A', line: 1, there: 3, from: 'HZ' }])
  expect(movable(pieces, 'BJ').map(s => [s.key, s.there, s.from])).toEqual([
    ['1 A', 7, 'HZ, GZ'],
    ['2 B', 1, 'GZ'],
  ])
})
