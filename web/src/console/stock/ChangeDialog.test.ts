import { describe, expect, it } from 'vitest'
import type { StockChange } from '../../api/types.gen.ts'
import { opposite } from './ChangeDialog.tsx'

const change: StockChange = {
  kind: 'move',
  sku: 'TEA',
  node: 'JX',
  location: 'A',
  to: 'B',
  quantity: 3,
  quality: 'good',
}

describe('the way back of a change of stock', () => {
  it('is its opposite', () => {
    expect(opposite(change)).toMatchObject({ kind: 'move', location: 'B', to: 'A', quantity: 3 })
    expect(opposite({ ...change, kind: 'adjust_up' }).kind).toBe('adjust_down')
    expect(opposite({ ...change, kind: 'adjust_down' }).kind).toBe('adjust_up')
    expect(opposite({ ...change, kind: 'quality', becomes: 'defective' })).toMatchObject({
      quality: 'defective',
      becomes: 'good',
    })
  })
})
