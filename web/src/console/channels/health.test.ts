import { expect, it } from 'vitest'
import { healthOf } from './Shop.tsx'

it('says of a shop the worst that is true', () => {
  const state = { lag_s: 0, failures: 0 }
  expect(healthOf({ enabled: true, state })).toBe('well')
  expect(healthOf({ enabled: true, state: { ...state, lag_s: 301 } })).toBe('behind')
  expect(healthOf({ enabled: true, state: { lag_s: 900, failures: 2 } })).toBe('failing')
  expect(healthOf({ enabled: false, state: { lag_s: 900, failures: 2 } })).toBe('off')
})
