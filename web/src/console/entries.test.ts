import { expect, it } from 'vitest'
import { matching } from './entries.tsx'

const of = (...texts: string[]) => texts.map(text => ({ text }))
const found = (text: string, ...texts: string[]) => matching(text, of(...texts)).map(e => e.text)

it('puts what begins with the text first, then a word that does, then what merely holds it', () => {
  expect(found('re', 'Warehouses', 'Settings › Returns', 'Reject')).toEqual([
    'Reject',
    'Settings › Returns',
    'Warehouses',
  ])
})

it('keeps the order of the screens among equals, and all of them without a text', () => {
  expect(found('', 'Today', 'Orders')).toEqual(['Today', 'Orders'])
  expect(found('退', '退货质检台', '售后', '设置 › 退换货')).toEqual(['退货质检台', '设置 › 退换货'])
})
