import { describe, expect, it, vi } from 'vitest'
import type { Walk } from '../../api/types.gen.ts'
import { cells, confirm, empty, isDone, judge, undo, type Wall } from './wall.ts'

vi.mock('../../shared/words.ts', () => ({ say: (code: string) => code, language: () => 'en', learn: () => {} }))

const line = (seq: number, sku: string, tote: number, picked: number, blocked?: string) => ({
  seq,
  sku,
  tote,
  picked,
  blocked,
  quantity: picked,
  fulfilment: `f${tote}`,
  title: sku,
  location: 'A',
  zone: 'A',
  status: 'picked',
})
const walk = (over: Partial<Walk> = {}) =>
  ({
    id: 'tsk_1',
    goods: [
      { sku: 'TEA', title: 'Tea', codes: [{ code: '6901234567892', factor: 1 }] },
      { sku: 'CUP', title: 'Cup', codes: [] },
    ],
    lines: [line(1, 'TEA', 2, 3), line(2, 'TEA', 1, 1), line(3, 'CUP', 2, 1)],
    totes: [
      { fulfilment: 'f2', no: 2 },
      { fulfilment: 'f1', no: 1 },
    ],
    ...over,
  }) as unknown as Walk

const scanned = (w: Walk, scans: string[]) => scans.reduce<Wall>((wall, s) => judge(w, wall, s).wall, empty)

describe('the put wall', () => {
  it('lights the lowest cell that needs the goods, then the next one', () => {
    const w = walk()
    const first = judge(w, empty, '6901234567892')
    expect(first.wall.lit).toEqual({ seq: 2, quantity: 1 })
    const second = judge(w, first.wall, 'C-01')
    expect(second.result).toBe('done')
    expect(second.wall.lit).toEqual({ seq: 1, quantity: 3 })
    expect(judge(w, second.wall, '2').wall.lit).toBeUndefined()
  })
  it('does not advance on a wrong cell, unknown goods, or too many of them', () => {
    const w = walk()
    const lit = judge(w, empty, 'TEA').wall
    expect(judge(w, lit, '2')).toMatchObject({ result: 'wrong', wall: lit })
    expect(judge(w, lit, 'TEA').result).toBe('wrong')
    expect(judge(w, empty, 'POT').result).toBe('wrong')
    expect(judge(w, scanned(w, ['CUP', '2']), 'CUP').result).toBe('wrong')
  })
  it('is done when every cell has what was picked for it', () => {
    const w = walk()
    const all = scanned(w, ['TEA', '1', '2', 'CUP', 'c2'])
    expect(isDone(w, all)).toBe(true)
    expect(cells(w, all).map(c => [c.no, c.put, c.of])).toEqual([
      [1, 1, 1],
      [2, 4, 4],
    ])
  })
  it('takes back the light first, then what was put', () => {
    const w = walk()
    const one = scanned(w, ['CUP', '2'])
    expect(undo(judge(w, one, 'TEA').wall)).toEqual(one)
    expect(undo(one)).toEqual({ put: [], lit: { seq: 3, quantity: 1 } })
    expect(undo(empty)).toEqual(empty)
    expect(confirm(w, undo(one)).wall).toEqual(one)
  })
  it('stops goods whose order must not go on, and does not wait for them', () => {
    const w = walk({ lines: [line(1, 'CUP', 1, 2, 'the order was called off'), line(2, 'TEA', 2, 1)] } as never)
    expect(judge(w, empty, 'CUP')).toMatchObject({ result: 'stop', word: 'the order was called off' })
    expect(isDone(w, scanned(w, ['TEA', '2']))).toBe(true)
    expect(cells(w, empty)[0]?.stopped).toBe('the order was called off')
  })
})
