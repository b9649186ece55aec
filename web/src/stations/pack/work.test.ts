import { describe, expect, it } from 'vitest'
import type { Bench, BenchWork } from '../../api/types.gen.ts'
import { command } from './commands.ts'
import {
  box,
  choices,
  cleared,
  expected,
  grams,
  item,
  lay,
  left,
  missing,
  parcelsOf,
  type State,
  tote,
  weigh,
} from './work.ts'

const work = (id: string, lines: [string, number][], parcels = 1): BenchWork => ({
  id,
  order: 'ord_1',
  order_no: 'A-1',
  node: 'JX',
  status: 'picked',
  stops: [],
  lines: lines.map(([sku, quantity]) => ({
    sku,
    title: sku,
    quantity,
    weight_g: 100,
    codes: [
      { code: sku, factor: 1 },
      { code: `690000000${sku.slice(-3)}`, factor: 1 },
      { code: `box-${sku}`, factor: 6 },
    ],
  })),
  proposal: {
    cost: '1.00',
    lower_bound: '1.00',
    parcels: Array.from({ length: parcels }, (_, i) => ({
      carton: 'B1',
      mm: [180, 120, 80],
      expected_g: 260,
      places: [],
      lines: [{ seq: i + 1, sku: lines[i]?.[0] ?? '', quantity: lines[i]?.[1] ?? 0 }],
    })),
  },
})

const bench = (...list: BenchWork[]): Bench => ({
  work: list,
  tolerance_g: 50,
  tolerance_percent: 5,
  cartons: [
    { code: 'B1', kind: 'box', mm: [180, 120, 80], max_g: 3000, tare_g: 60 },
    { code: 'M1', kind: 'mailer', mm: [280, 200, 30], max_g: 1500, tare_g: 15 },
    { code: 'B2', kind: 'box', mm: [230, 160, 120], max_g: 5000, tare_g: 95 },
    { code: 'B3', kind: 'box', mm: [290, 200, 150], max_g: 8000, tare_g: 150 },
  ],
})

function scanned(s: State, ...codes: string[]): State {
  for (const c of codes) {
    const v = item(s, c)
    if (v.result !== 'right' && v.result !== 'done') throw new Error(`${c}: ${v.result}`)
    s = v.state
  }
  return s
}

describe('a packing bench', () => {
  it('counts every piece, knows the last one, and takes none too many', () => {
    let s = lay(bench(work('f1', [['SKU001', 2]])))
    expect(item(s, 'SKU002').result).toBe('unknown')
    s = scanned(s, 'SKU001')
    expect(left(s.at as BenchWork, s.got, 'SKU001')).toBe(1)
    expect(item(s, 'box-SKU001')).toMatchObject({ result: 'wrong', word: 'extra' })
    expect(item(s, '00690000000001')).toMatchObject({ result: 'done' })
  })

  it('finds the order of an item among those of a walk, and stays with it', () => {
    const s = scanned(lay(bench(work('f1', [['SKU001', 1]]), work('f2', [['SKU002', 2]]))), 'SKU002')
    expect(s.at?.id).toBe('f2')
    expect(item(s, 'SKU001').result).toBe('unknown')
  })

  it('offers the proposed carton first, larger ones of its kind, and none at all', () => {
    const s = scanned(lay(bench(work('f1', [['SKU001', 1]]))), 'SKU001')
    expect(choices(s)).toEqual(['B1', 'B2', 'B3', 'own'])
    expect(box(s, 'B9')).toBeUndefined()
    expect(expected(s, 'B2')).toBe(195)
  })

  it('takes a weight within the tolerance, refuses another, and asks for each parcel', () => {
    let s = scanned(
      lay(
        bench(
          work(
            'f1',
            [
              ['SKU001', 2],
              ['SKU002', 1],
            ],
            2,
          ),
        ),
      ),
      'SKU001',
      'SKU001',
      'SKU002',
    )
    s = box(s, 'B1') as State
    expect(weigh(s, 311)).toBeUndefined()
    s = weigh(s, 310) as State
    expect(s.stage).toBe('box')
    s = weigh(box(s, 'B2') as State, 0) as State
    expect(s.stage).toBe('closing')
    expect(parcelsOf(s)).toEqual([
      { carton: 'B1', weight_g: 310, lines: [{ seq: 1, quantity: 2 }] },
      { carton: 'B2', lines: [{ seq: 2, quantity: 1 }] },
    ])
  })

  it('reads scales as they write, and takes no bar code for a weight', () => {
    expect(['1330', '1330 g', '1.33', '1.33kg', '0,5'].map(grams)).toEqual([1330, 1330, 1330, 1330, 500])
    expect(['6901234567892', 'B2', '', '0', '-5', '1.2.3'].map(grams)).toEqual(Array(6).fill(undefined))
  })

  it('knows its command codes however the scanner writes them', () => {
    expect(command('ph-box3')).toEqual({ act: 'box', no: 3 })
    expect(command('PH-BOX9')).toBeUndefined()
  })
})

describe('a walk of totals', () => {
  const tote = { task: 'tsk_1', waiting: 3 }
  it('waits for items, and stays on the bench when an order is done with', () => {
    const s = lay({ ...bench(), bulk: tote })
    expect([s.stage, s.at]).toEqual(['items', null])
    const opened = lay({ ...bench(work('ful_1', [['SKU-001', 1]])), bulk: { ...tote, waiting: 2 } })
    const done = scanned(opened, 'SKU-001')
    expect(done.stage).toBe('box')
    const next = cleared(done)
    expect([next.stage, next.at, next.bench?.bulk?.waiting]).toEqual(['items', null, 2])
    expect(cleared(next).stage).toBe('open')
  })
})

describe('a parcel for several orders', () => {
  const other = (n: number, status: string) => ({
    order: `ord_${n}`,
    order_no: `A-${n}`,
    fulfilment: `ful_${n}`,
    status,
    units: 1,
  })
  const shared = (...statuses: string[]) => ({
    ...work('ful_1', [['SKU-001', 2]]),
    together: { inside: false, others: statuses.map((s, i) => other(i + 2, s)) },
  })
  it('waits until all of them are picked, and takes their totes', () => {
    const waits = shared('picked', 'released')
    expect([lay(bench(waits)).stage, missing(waits).map(o => o.order_no)]).toEqual(['waiting', ['A-3']])
    const s = lay(bench(shared('picked')))
    expect(s.stage).toBe('items')
    expect(tote(s, 'FUL_2')?.state.totes).toEqual(['ful_2'])
    expect(tote(s, 'SKU-001')).toBeUndefined()
  })
})
