import { describe, expect, it } from 'vitest'
import { setZone } from '../shared/clock.ts'
import { instant, wall } from './DateField.tsx'

describe('a moment in the zone of the warehouse', () => {
  it('comes back as it went in', () => {
    for (const zone of ['Asia/Shanghai', 'America/New_York', 'Europe/Berlin', 'UTC']) {
      setZone(zone)
      for (const at of ['2026-03-02T00:00:00Z', '2026-07-15T22:30:00Z', '2026-03-29T03:30:00Z']) {
        expect(instant(wall(Date.parse(at)))).toBe(Date.parse(at))
      }
    }
  })
  it('is what the clock there shows', () => {
    setZone('Asia/Shanghai')
    expect(wall(Date.parse('2026-03-02T00:00:00Z'))).toBe('2026-03-02T08:00')
  })
})
