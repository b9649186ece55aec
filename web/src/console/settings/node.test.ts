import { expect, test } from 'vitest'
import { changed, nodeForm, readCutoffs, writeCutoffs } from './node.ts'

const node = {
  id: 'nod_1',
  code: 'HZ',
  name: 'Hangzhou',
  timezone: 'Asia/Shanghai',
  country: 'CN',
  province: '浙江省',
  city: '杭州市',
  lat: 30.2,
  lng: 120.1,
  capacity_orders_day: 100,
  handling_cost: '1.20',
  priority: 0,
  open: true,
  cutoffs: 'SF=16:00;ZTO=18:30',
}

test('only what was changed is sent, and a place on earth as a whole', () => {
  const form = nodeForm(node)
  expect(changed(form, form)).toEqual({})
  expect(changed(form, { ...form, name: 'Hangzhou 1', capacity_orders_day: '' })).toEqual({
    name: 'Hangzhou 1',
    capacity_orders_day: 0,
  })
  expect(changed(form, { ...form, lat: '31' })).toEqual({ lat: 31, lng: 120.1 })
})

test('cut-offs are read and written back', () => {
  expect(writeCutoffs(readCutoffs(node.cutoffs))).toBe(node.cutoffs)
  expect(writeCutoffs([{ carrier: '', time: '' }])).toBe('')
})
