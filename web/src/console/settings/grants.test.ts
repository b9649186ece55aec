import { expect, test } from 'vitest'
import { reaching, same } from './grants.ts'

test('a grant that reaches everything has no reach', () => {
  const narrow = reaching({ role: 'picker' }, 'nodes', ['HZ'])
  expect(narrow).toEqual({ role: 'picker', reach: { nodes: ['HZ'] } })
  expect(reaching(narrow, 'nodes', [])).toEqual({ role: 'picker' })
  expect(reaching(reaching(narrow, 'owners', ['-']), 'nodes', []).reach?.owners).toEqual(['-'])
})

test('the order of names does not make another grant', () => {
  expect(
    same([{ role: 'picker', reach: { nodes: ['A', 'B'] } }], [{ role: 'picker', reach: { nodes: ['B', 'A'] } }]),
  ).toBe(true)
  expect(same([{ role: 'picker' }], [{ role: 'packer' }])).toBe(false)
})
