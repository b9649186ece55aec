import { describe, expect, it } from 'vitest'
import type { Walk, WalkLine } from '../../api/types.gen.ts'
import { enter, judge, short, skip, type Verdict } from './judge.ts'
import { type Carried, carry, isOver, progress, stops, unstepped } from './walk.ts'

const line = (
  seq: number,
  location: string,
  sku: string,
  quantity: number,
  more: Partial<WalkLine> = {},
): WalkLine => ({
  seq,
  fulfilment: `ful_${more.tote ?? 1}`,
  location,
  sku,
  title: sku,
  quantity,
  picked: 0,
  status: 'open',
  zone: 'A',
  tote: 1,
  ...more,
})

const goods = [
  {
    sku: 'BOWL',
    title: 'Bowl',
    codes: [
      { code: '6901234567892', factor: 1 },
      { code: '16901234567899', factor: 12 },
    ],
  },
  { sku: 'CUP', title: 'Cup', codes: [] },
  { sku: 'TEA', title: 'Tea', codes: [{ code: 'tea', factor: 1 }] },
]

const walk = (...lines: WalkLine[]): Walk => ({
  id: 'tsk_1',
  node: 'JX',
  method: 'discrete',
  status: 'started',
  metres: 0,
  plain_metres: 0,
  created_at: '',
  updated_at: '',
  goods,
  lines,
  totes: [...new Set(lines.map(l => l.tote))].map(no => ({ no, fulfilment: `ful_${no}` })),
})

/** Scans one after the other; gives how each ended, the walk, and all that the server is to hear. */
function scans(c: Carried, ...codes: string[]) {
  const results: string[] = []
  const done: Verdict['done'] = []
  for (const code of codes) {
    const v = judge(c, code)
    results.push(v.result)
    done.push(...v.done)
    c = v.next
  }
  return {
    results,
    c,
    done,
    told: done.map(d => d.body as { line: number; quantity: number; item: string; lot?: string }),
  }
}

describe('a walk on the device', () => {
  it('wants the bin, then the goods, and goes on by itself', () => {
    const c = carry(walk(line(1, 'A-1', 'BOWL', 2), line(2, 'A-2', 'CUP', 1)))
    const r = scans(c, '6901234567892', 'A-2', 'a-1', 'CUP', '4711', '6901234567892', '06901234567892', 'A-2', 'CUP')
    expect(r.results).toEqual(['wrong', 'wrong', 'right', 'wrong', 'wrong', 'right', 'done', 'right', 'done'])
    expect(r.told.map(t => [t.line, t.quantity])).toEqual([
      [1, 1],
      [1, 1],
      [2, 1],
    ])
    expect(isOver(r.c)).toBe(true)
    expect(judge(r.c, 'A-1').result).toBe('wrong')
  })

  it('takes a carton as its pieces and refuses more than are wanted', () => {
    const c = carry(walk(line(1, 'A-1', 'BOWL', 13)))
    const r = scans(c, 'A-1', '16901234567899', '16901234567899', ']C10106901234567892')
    expect(r.results).toEqual(['right', 'right', 'wrong', 'done'])
    expect(r.told.map(t => t.quantity)).toEqual([12, 1])
    expect(r.told[0]?.item).toBe('BOWL')
  })

  it('asks for the lot where one is bound', () => {
    const c = carry(walk(line(1, 'A-1', 'TEA', 2, { lot: 'L1' })))
    const r = scans(c, 'A-1', 'tea', 'L2', 'L1')
    expect(r.results).toEqual(['right', 'right', 'wrong', 'right'])
    expect(r.told).toMatchObject([{ line: 1, lot: 'L1', quantity: 1 }])
  })

  it('offers the number from five pieces up, and keeps it open until they are there', () => {
    let { c } = scans(carry(walk(line(1, 'A-1', 'BOWL', 7))), 'A-1')
    expect(c.keypad).toBeUndefined()
    c = judge(c, '6901234567892').next
    expect(c.keypad).toEqual({ sku: 'BOWL', lot: '' })
    expect(enter(c, 7).result).toBe('wrong')
    const some = enter(c, 4)
    expect(some.result).toBe('right')
    expect(some.next.keypad).toBeDefined()
    expect(enter(some.next, 2)).toMatchObject({ result: 'done', done: [{ body: { quantity: 2, item: 'BOWL' } }] })
    expect(scans(carry(walk(line(1, 'A-1', 'BOWL', 4))), 'A-1', '6901234567892').c.keypad).toBeUndefined()
  })

  it('fills the totes of several orders one after the other', () => {
    const c = carry(
      walk(
        line(1, 'A-1', 'CUP', 2, { tote: 1 }),
        line(2, 'A-1', 'CUP', 1, { tote: 2 }),
        line(3, 'A-2', 'BOWL', 1, { tote: 2 }),
      ),
    )
    expect(stops(c)[0]).toMatchObject({
      left: 2,
      quantity: 3,
      totes: [
        { no: 1, left: 2 },
        { no: 2, left: 1 },
      ],
    })
    const r = scans(c, 'A-1', 'CUP', 'CUP', 'CUP')
    expect(r.told.map(t => t.line)).toEqual([1, 1, 2])
    expect(r.results).toEqual(['right', 'right', 'done', 'done'])
    expect(r.c.at).toBe('')
  })

  it('takes for many orders at once where they are sorted afterwards', () => {
    const c = {
      ...carry(walk(line(1, 'A-1', 'BOWL', 5, { tote: 1 }), line(2, 'A-1', 'BOWL', 7, { tote: 2 }))),
      totes: false,
    }
    const r = scans(c, 'A-1', '16901234567899')
    expect(r.results).toEqual(['right', 'done'])
    expect(r.told.map(t => [t.line, t.quantity])).toEqual([
      [1, 5],
      [2, 7],
    ])
  })

  it('puts a bin off until the others are done', () => {
    const c = carry(walk(line(1, 'A-1', 'BOWL', 1), line(2, 'A-2', 'CUP', 1)))
    const later = skip(c).next
    expect(stops(later).map(s => s.location)).toEqual(['A-2', 'A-1'])
    const r = scans(later, 'A-2', 'CUP')
    expect(skip(r.c).result).toBe('wrong')
    expect(scans(r.c, 'A-1', '6901234567892').told[0]?.line).toBe(1)
  })

  it('says what is short for every order that waits for it', () => {
    const c = carry(walk(line(1, 'A-1', 'CUP', 2), line(2, 'A-1', 'CUP', 1, { tote: 2 }), line(3, 'A-2', 'BOWL', 1)))
    const v = short(scans(c, 'A-1', 'CUP').c, 'damaged')
    expect(v.done.map(d => d.body)).toEqual([
      { line: 1, picked: 1, reason: 'damaged' },
      { line: 2, picked: 0, reason: 'damaged' },
    ])
    expect(progress(v.next)).toMatchObject({ closed: 2, short: 2, units: 1 })
    expect(v.next.at).toBe('')
  })

  it('passes by what is on hold', () => {
    const c = carry(walk(line(1, 'A-1', 'BOWL', 1, { blocked: 'on hold' }), line(2, 'A-2', 'CUP', 1)))
    expect(stops(c).map(s => s.location)).toEqual(['A-2'])
    expect(progress(c).blocked).toBe(1)
  })

  it('goes back by one act', () => {
    const c = carry(walk(line(1, 'A-1', 'BOWL', 2), line(2, 'A-2', 'CUP', 1)))
    const one = scans(c, 'A-1', '6901234567892')
    const two = scans(one.c, '6901234567892')
    const back = unstepped(two.c)
    expect(back.walk).toEqual(one.c.walk)
    expect(back.at).toBe('A-1')
    expect(two.c.steps.at(-1)?.ids).toEqual(two.done.map(d => d.id))
    expect(unstepped(skip(c).next).skipped).toEqual([])
  })
})
