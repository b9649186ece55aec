import type { Bench, BenchCarton, BenchWork } from '../../api/types.gen.ts'

// What happens at a packing bench, as far as the bench decides it by itself: every scan is judged here, at once, and the server
// checks the whole when the parcel is closed.

/** What the bench waits for. */
export type Stage = 'open' | 'waiting' | 'items' | 'box' | 'weigh' | 'closing' | 'label' | 'stopped'

/** A parcel on the bench: nothing is known of it before it was chosen and weighed. */
export interface OnBench {
  carton: string
  /** 0 = it was not weighed. */
  grams: number
}

export interface State {
  stage: Stage
  /** What was scanned in: one fulfilment, or those of a walk until an item says which. */
  bench: Bench | null
  at: BenchWork | null
  /** Pieces verified, by SKU. */
  got: Record<string, number>
  /** Every scan that counted. */
  scans: string[]
  parcels: OnBench[]
  /** The carton of the parcel that is weighed next. */
  carton: string
  /** Of a parcel for several orders: whose totes were scanned. */
  totes: string[]
}

export const idle: State = {
  stage: 'open',
  bench: null,
  at: null,
  got: {},
  scans: [],
  parcels: [],
  carton: '',
  totes: [],
}

export const own = 'own'

/** Takes what the server has of a scan to the bench. */
export function lay(bench: Bench): State {
  const only = bench.work.length === 1 ? (bench.work[0] as BenchWork) : null
  return { ...idle, stage: only ? stageOf(only) : 'items', bench, at: only }
}

/** The bench when an order is done with: the tote of a walk of totals stays on it. */
export function cleared(s: State): State {
  return s.at && s.bench?.bulk ? lay({ ...s.bench, work: [] }) : idle
}

/** Where the work of a fulfilment goes on. A parcel for several orders waits until all of them are picked. */
export function stageOf(w: BenchWork): Stage {
  if (w.stops.length > 0) return 'stopped'
  if (w.status === 'picked') return missing(w).length > 0 ? 'waiting' : 'items'
  return w.status === 'packed' ? 'label' : 'open'
}

/** The orders that go into the same parcel and are not picked yet. */
export const missing = (w: BenchWork) =>
  w.together?.others.filter(o => ['allocated', 'released'].includes(o.status)) ?? []

/** Puts the tote of another order of the same parcel onto the bench; undefined where the code is none of them. */
export function tote(s: State, code: string): { state: State; order: string } | undefined {
  const found = s.at?.together?.others.find(o => o.fulfilment === code.toLowerCase())
  if (!found) return undefined
  return { state: { ...s, totes: [...new Set([...s.totes, found.fulfilment])] }, order: found.order_no }
}

/** How an item ended: right, done when it was the last, wrong with a code of words, or not known here. */
export type Verdict =
  | { result: 'right' | 'done'; state: State; sku: string }
  | { result: 'wrong'; word: 'extra'; sku: string }
  | { result: 'unknown' }

/** Judges an item by its bar codes. Of a walk for several orders the first that needs it is taken. */
export function item(s: State, code: string): Verdict {
  const open = s.at ? [s.at] : (s.bench?.work ?? []).filter(w => stageOf(w) === 'items')
  let extra = ''
  for (const w of open) {
    const found = lineOf(w, code)
    if (!found) continue
    if (left(w, s.got, found.sku) >= found.factor) return taken(s, w, found, code)
    extra ||= found.sku
  }
  return extra ? { result: 'wrong', word: 'extra', sku: extra } : { result: 'unknown' }
}

function taken(s: State, w: BenchWork, found: { sku: string; factor: number }, code: string): Verdict {
  const got = { ...s.got, [found.sku]: (s.got[found.sku] ?? 0) + found.factor }
  const done = w.lines.every(l => left(w, got, l.sku) === 0)
  const state: State = { ...s, at: w, got, scans: [...s.scans, code], stage: done ? 'box' : 'items' }
  return { result: done ? 'done' : 'right', state, sku: found.sku }
}

/** The line that a bar code belongs to, and how many pieces it stands for. The same article may be written with more digits or fewer. */
export function lineOf(w: BenchWork, code: string) {
  for (const l of w.lines) {
    const c = l.codes.find(c => alike(c.code, code))
    if (c) return { sku: l.sku, factor: c.factor }
  }
  return undefined
}

const digits = /^\d{8,14}$/
const alike = (a: string, b: string) =>
  a === b || (digits.test(a) && digits.test(b) && a.padStart(14, '0') === b.padStart(14, '0'))

/** Pieces of a SKU that are still to be verified. */
export function left(w: BenchWork, got: Record<string, number>, sku: string) {
  const l = w.lines.find(l => l.sku === sku)
  return (l?.quantity ?? 0) - (got[sku] ?? 0)
}

/** Which parcel is on the bench, from 0, and how many there will be. */
export function parcelNo(s: State) {
  return { no: s.parcels.length, of: s.at?.proposal?.parcels.length ?? 1 }
}

/** Up to four cartons for the next parcel: the proposed one, the next larger ones of its kind, and none at all. */
export function choices(s: State): string[] {
  const drafts = s.at?.proposal?.parcels ?? []
  const proposed = drafts[Math.min(s.parcels.length, drafts.length - 1)]?.carton ?? own
  const all = s.bench?.cartons ?? []
  const i = all.findIndex(c => c.code === proposed)
  const kind = all[i]?.kind ?? 'box'
  const larger = all.slice(i + 1).filter(c => c.kind === kind)
  const list = [proposed, ...larger.slice(0, 2).map(c => c.code)]
  return list.includes(own) ? list : [...list, own]
}

/** Chooses a carton, by its code or by its place among the choices. Undefined where there is no such carton. */
export function box(s: State, code: string): State | undefined {
  const known = code === own || s.bench?.cartons.some(c => c.code === code)
  return known ? { ...s, carton: code, stage: 'weigh' } : undefined
}

/** What a parcel should weigh in a carton; 0 where the catalogue does not know. */
export function expected(s: State, carton: string): number {
  const draft = s.at?.proposal?.parcels[s.parcels.length]
  if (!draft) return 0
  let sum = cartonOf(s, carton)?.tare_g ?? 0
  for (const l of draft.lines) {
    const unit = s.at?.lines.find(x => x.sku === l.sku)?.weight_g ?? 0
    if (unit === 0) return 0
    sum += unit * l.quantity
  }
  return sum
}

export const cartonOf = (s: State, code: string): BenchCarton | undefined => s.bench?.cartons.find(c => c.code === code)

/** How far the scale may be off. */
export const tolerance = (s: State, grams: number) =>
  Math.max(s.bench?.tolerance_g ?? 0, Math.floor((grams * (s.bench?.tolerance_percent ?? 0)) / 100))

/** Puts a weight down, 0 for none. Undefined where it is too far from what it should be. */
export function weigh(s: State, grams: number): State | undefined {
  const want = expected(s, s.carton)
  if (grams > 0 && want > 0 && Math.abs(grams - want) > tolerance(s, want)) return undefined
  const parcels = [...s.parcels, { carton: s.carton, grams }]
  const more = parcels.length < (s.at?.proposal?.parcels.length ?? 1)
  return { ...s, parcels, carton: '', stage: more ? 'box' : 'closing' }
}

const scale = /^(\d{1,6}|\d{1,4}[.,]\d{1,3})\s*(kg|g)?$/i

/** Reads what a scale or a person wrote: 1330, 1330 g, 1.33, 1.33 kg. A bar code is no weight. */
export function grams(text: string): number | undefined {
  const m = scale.exec(text.trim())
  if (!m?.[1]) return undefined
  const n = Number(m[1].replace(',', '.'))
  const kilos = m[2] ? m[2].toLowerCase() === 'kg' : /[.,]/.test(m[1])
  const g = Math.round(kilos ? n * 1000 : n)
  return g > 0 ? g : undefined
}

/** The parcels as the server takes them. One parcel holds everything; of several the lines are said. */
export function parcelsOf(s: State) {
  const drafts = s.at?.proposal?.parcels ?? []
  return s.parcels.map((p, i) => ({
    carton: p.carton,
    ...(p.grams > 0 && { weight_g: p.grams }),
    ...(s.parcels.length > 1 && { lines: lines(drafts[i]?.lines ?? []) }),
  }))
}

/** A line of which several lots go into a parcel is said once. */
function lines(list: { seq: number; quantity: number }[]) {
  const sum = new Map<number, number>()
  for (const l of list) sum.set(l.seq, (sum.get(l.seq) ?? 0) + l.quantity)
  return [...sum].map(([seq, quantity]) => ({ seq, quantity }))
}
