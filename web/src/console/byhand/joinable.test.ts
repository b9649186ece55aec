import { expect, it } from 'vitest'
import type { Fulfilment } from '../../api/types.gen.ts'
import { joinable } from './joinable.ts'

const at = (id: string, node: string) => ({ id, node }) as Fulfilment
const ids = (list: Fulfilment[] | null) => list?.map(f => f.id)

it('without a choice the parcels of one warehouse go together, and with one only what was chosen and stands together', () => {
  const parts = [at('1', 'HZ'), at('2', 'GZ'), at('3', 'GZ'), at('4', 'GZ')]
  expect(ids(joinable(parts, []))).toEqual(['2', '3', '4'])
  expect(ids(joinable(parts, ['2', '4']))).toEqual(['2', '4'])
  expect(joinable(parts, ['1', '2'])).toBeNull()
  expect(joinable(parts, ['2'])).toBeNull()
  expect(joinable(parts.slice(0, 2), [])).toBeNull()
})
