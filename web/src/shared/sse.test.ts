import { describe, expect, it } from 'vitest'
import { parser } from './sse.ts'

describe('the stream', () => {
  it('is understood in whatever pieces it comes', () => {
    const text =
      'retry: 2000\nid: 0-1\n\nid: 0-2\nevent: order.held.v1\ndata: {"kind":"order.held.v1","order":"ord_1","at":"2026-03-02T00:00:00Z"}\n\nid: 0-3\n\nevent: end\ndata: {"reason":"closing"}\n\n'
    for (const size of [1, 7, 1000]) {
      const told: unknown[] = []
      const places: string[] = []
      const take = parser(
        m => told.push(m),
        id => places.push(id),
      )
      for (let i = 0; i < text.length; i += size) take(text.slice(i, i + size))
      expect(places).toEqual(['0-1', '0-2', '0-3'])
      expect(told).toEqual([
        { alive: true },
        { event: { id: '0-2', kind: 'order.held.v1', order: 'ord_1', at: '2026-03-02T00:00:00Z' } },
        { alive: true },
      ])
    }
  })
})
