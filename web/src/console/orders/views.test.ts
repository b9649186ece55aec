import { describe, expect, it } from 'vitest'
import { setZone } from '../../shared/clock.ts'
import { queryOf } from './views.ts'

describe('what the list of orders asks for', () => {
  it('is all open orders where urgency sorts and no queue is named', () => {
    expect(queryOf({ sort: 'fine', channel: 'flagship' })).toEqual({ sort: 'fine', channel: 'flagship', open: 'true' })
    expect(queryOf({ sort: 'deadline', review: 'held' })).toEqual({ sort: 'deadline', review: 'held' })
  })
  it('takes days of the warehouse, the last one whole', () => {
    setZone('Asia/Shanghai')
    expect(queryOf({ placed_from: '2026-03-02', placed_to: '2026-03-02' })).toEqual({
      placed_from: '2026-03-01T16:00:00.000Z',
      placed_to: '2026-03-02T16:00:00.000Z',
    })
  })
})
