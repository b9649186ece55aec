import { describe, expect, it } from 'vitest'
import type { Today } from '../../api/types.gen.ts'
import { alarms, tiles } from './tasks.ts'
import type { Now } from './useNow.ts'

const today = {
  hours: [],
  nodes: [
    {
      node: 'JX',
      name: 'JX',
      more: false,
      cutoffs: [
        { at: '2026-03-02T08:00:00Z', carriers: ['SF'], late: 2, allocated: 3, released: 1, picked: 4, packed: 5 },
      ],
    },
  ],
} as Today

describe('what today shows', () => {
  it('is the work of those queues that a person may see', () => {
    const now = { exceptions: { left: '1000+' }, outlook: [{ orders: 3, more: false }] } as unknown as Now
    expect(tiles(now, today)).toEqual([
      { id: 'exceptions', to: '/exceptions', n: 1000, more: true },
      { id: 'waves', to: '/waves', n: 3, more: false },
      { id: 'pack', to: '/pack', n: 4 },
      { id: 'dispatch', to: '/dispatch', n: 5 },
    ])
    expect(tiles({} as Now, undefined)).toEqual([])
  })
  it('is what is wrong, and nothing of what is right', () => {
    const now = { shipments: { lost: 0, stuck: 7 }, orders: { backordered: '2' } } as unknown as Now
    expect(alarms(now, today).map(a => [a.id, a.n])).toEqual([
      ['late', 2],
      ['stuck', 7],
      ['backordered', 2],
    ])
    expect(alarms({} as Now, undefined)).toEqual([])
  })
})
