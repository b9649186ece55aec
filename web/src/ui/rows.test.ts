import { expect, test } from 'vitest'
import { moved, put, without } from './rows.ts'

const rows = [{ a: 'x' }, { a: 'y' }, { a: 'z' }]

test('a row is changed, taken out and moved, and the others stay as they are', () => {
  expect(put(rows, 1, { a: 'n' })).toEqual([{ a: 'x' }, { a: 'n' }, { a: 'z' }])
  expect(without(rows, 0)).toEqual([{ a: 'y' }, { a: 'z' }])
  expect(moved(rows, 2, 0)).toEqual([{ a: 'z' }, { a: 'x' }, { a: 'y' }])
  expect(moved(rows, 0, 1)).toEqual([{ a: 'y' }, { a: 'x' }, { a: 'z' }])
  expect(rows.map(r => r.a).join('')).toBe('xyz')
})
