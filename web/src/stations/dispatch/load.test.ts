import { expect, it } from 'vitest'
import { empty, judge, type Waiting } from './load.ts'

const parcel = (waybill: string, carrier: string, stopped = false): [string, Waiting] => [
  waybill,
  { waybill, carrier, stopped, shipment: '', fulfilment: '', order: '', weight_g: 0 },
]
const known = new Map([parcel('SF1', 'SF'), parcel('SF2', 'SF'), parcel('ZT1', 'ZTO'), parcel('SF9', 'SF', true)])

it('takes a parcel once, for one carrier, and none that is held or that nobody knows', () => {
  const first = judge({ ...empty, node: 'JX' }, known, 'sf1')
  if (first.result !== 'right') throw new Error(first.result)
  expect(first.load).toEqual({ node: 'JX', carrier: 'SF', waybills: ['SF1'] })
  expect(judge(first.load, known, 'SF1').result).toBe('again')
  expect(judge(first.load, known, 'ZT1').result).toBe('other')
  expect(judge(first.load, known, 'SF9').result).toBe('held')
  expect(judge(first.load, known, 'SF3').result).toBe('unknown')
  expect(judge(first.load, known, 'SF2').result).toBe('right')
})
