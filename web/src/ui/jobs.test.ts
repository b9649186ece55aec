import { describe, expect, it } from 'vitest'
import { ApiError } from '../shared/api.ts'
import { jobs, runBulk } from './jobs.ts'

const refused = new ApiError({ type: '', title: '', status: 409, code: 'order.state', detail: 'no' })

describe('an act on many', () => {
  it('does what it can and tells what was refused', async () => {
    const out = await runBulk(
      'Approve',
      ['a', 'b', 'c', 'd', 'e', 'f'],
      x => x,
      async x => {
        if (x === 'b' || x === 'f') throw refused
      },
    )
    expect(out.done.sort()).toEqual(['a', 'c', 'd', 'e'])
    expect([...out.failures.keys()].sort()).toEqual(['b', 'f'])
    expect(jobs.get()[0]).toMatchObject({ done: 4, failed: 2, of: 6, state: 'done' })
  })
})
