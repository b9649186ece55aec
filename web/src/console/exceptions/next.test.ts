import { describe, expect, it } from 'vitest'
import { beside, nextFree } from './next.ts'

const rows = [{ id: 'a' }, { id: 'b', claimed_by: 'user:bob' }, { id: 'c' }, { id: 'd', claimed_by: 'user:ann' }]

describe('the next case', () => {
  it('is the one behind, without those that a colleague has open', () => {
    expect(nextFree(rows, 'a', 'user:ann')).toBe('c')
    expect(nextFree(rows, 'c', 'user:ann')).toBe('d')
  })
  it('goes on from the top, and is none when nothing else is left', () => {
    expect(nextFree(rows, 'd', 'user:ann')).toBe('a')
    expect(nextFree([{ id: 'a' }], 'a', 'user:ann')).toBeUndefined()
    expect(nextFree(rows, 'a', 'user:cem', new Set(['c']))).toBeUndefined()
  })
  it('is the first when the one that was open has gone', () => {
    expect(nextFree(rows, 'x', 'user:ann')).toBe('a')
    expect(beside(rows, 'x', 1)).toBe('a')
    expect(beside(rows, 'b', -1)).toBe('a')
    expect(beside(rows, 'd', 1)).toBeUndefined()
  })
})
