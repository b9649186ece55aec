import { describe, expect, it } from 'vitest'
import { between } from './selection.ts'

describe('a range of rows', () => {
  const keys = ['a', 'b', 'c', 'd']
  it('goes both ways', () => {
    expect(between(keys, 'b', 'd')).toEqual(['b', 'c', 'd'])
    expect(between(keys, 'd', 'b')).toEqual(['b', 'c', 'd'])
  })
  it('is one row where the first is gone from the list', () => {
    expect(between(keys, 'x', 'c')).toEqual(['c'])
    expect(between(keys, 'a', 'x')).toEqual([])
  })
})
