import { describe, expect, it } from 'vitest'
import { comparable, read } from './gs1.ts'

describe('what a scanner reads', () => {
  it('is its text where it is a plain code', () => {
    for (const [text, raw] of [
      ['6901234567892', '6901234567892'],
      [']E06901234567892', '6901234567892'],
      ['A-03-12-2', 'A-03-12-2'],
      ['0106901234567891', '0106901234567891'],
      ['', ''],
    ])
      expect(read(text as string)).toEqual({ raw })
  })
  it('is taken apart where it is an element string', () => {
    const item = '06901234567892'
    expect(read(`]C101${item}1727123110LOT-7\u001d3712`)).toMatchObject({ gtin: item, lot: 'LOT-7', count: 12 })
    expect(read(`01${item}10B2`)).toMatchObject({ gtin: item, lot: 'B2' })
    expect(read(`10A1\u001d01${item}`)).toMatchObject({ gtin: item, lot: 'A1' })
    expect(read(`]d201${item}21SN/9\u001d11260301`)).toMatchObject({ gtin: item })
  })
  it('is its text where the element string is broken', () => {
    expect(read(']C101069012345678').gtin).toBeUndefined()
    expect(read(']C155').gtin).toBeUndefined()
  })
  it('compares a piece and its number in a carton code as one', () => {
    expect(comparable('6901234567892')).toBe(comparable('06901234567892'))
    expect(comparable('TEA-01')).toBe('TEA-01')
  })
})
