import { expect, test } from 'vitest'
import { texts } from './exporting.ts'

test('a list is exported with the parameters that it was asked with, and with no empty ones', () => {
  expect(texts({ node: undefined, state: '', open: true, q: '王', n: 0 })).toEqual({ open: 'true', q: '王', n: '0' })
  expect(texts()).toEqual({})
})
