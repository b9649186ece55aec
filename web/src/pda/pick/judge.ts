import type { WalkLine } from '../../api/types.gen.ts'
import { newKey } from '../../shared/api.ts'
import type { Result } from '../../shared/feedback.ts'
import { comparable, read } from '../../shared/gs1.ts'
import type { Done } from '../../shared/outbox.ts'
import { say } from '../../shared/words.ts'
import { ahead, type Carried, isOver, type Stop, stepped, stops } from './walk.ts'

// Every scan of a walk is judged here, on the device, as pick.Scan judges it on the server: the place, the goods, the lot, the number.

/** What came of a scan or an act: how it is told, how the walk stands, and what the server is to hear. */
export interface Verdict {
  result: Result
  word: string
  next: Carried
  done: Done[]
}

/** From so many pieces on the number may be typed. */
const typed = 5
/** For so long an act stays on the device and may be taken back. */
const hold = 8_000

const wrong = (c: Carried, word: string): Verdict => ({ result: 'wrong', word, next: c, done: [] })

/** Judges a scan. */
export function judge(c: Carried, text: string): Verdict {
  const [stop] = stops(c)
  if (!stop) return wrong(c, say('ui.pick.nothing_left'))
  const scan = read(text)
  if (same(scan.raw, stop.location)) {
    return {
      result: 'right',
      word: stop.location,
      next: { ...c, at: stop.location, lot: undefined, keypad: undefined },
      done: [],
    }
  }
  if (c.lot) return judgeLot(c, c.lot, scan.lot ?? scan.raw)
  if (ahead(c).some(l => same(scan.raw, l.location)))
    return wrong(c, say('ui.pick.wrong_bin', { bin: scan.raw, want: stop.location }))
  if (c.at !== stop.location) return wrong(c, say('ui.pick.bin_first', { bin: stop.location }))
  const goods = goodsOf(c, scan.raw, scan.gtin)
  if (!goods) return wrong(c, say('ui.pick.unknown', { code: scan.raw, sku: stop.sku }))
  const here = stops(c).filter(s => s.location === c.at && s.sku === goods.sku)
  const [first] = here
  if (!first) return wrong(c, say('ui.pick.wrong_item', { code: goods.sku, sku: stop.sku }))
  const units = goods.factor * (scan.count ?? 1)
  const exact = here.find(s => !s.lot || s.lot === scan.lot)
  if (exact) return count(c, exact, units, text, scan.lot)
  if (scan.lot) return wrong(c, say('ui.pick.wrong_lot', { lot: scan.lot, want: first.lot }))
  return {
    result: 'right',
    word: say('ui.pick.scan_lot'),
    next: { ...c, lot: { sku: goods.sku, code: text, units } },
    done: [],
  }
}

function judgeLot(c: Carried, asked: NonNullable<Carried['lot']>, lot: string): Verdict {
  const here = stops(c).filter(s => s.location === c.at && s.sku === asked.sku)
  const exact = here.find(s => same(s.lot, lot))
  if (!exact) return wrong(c, say('ui.pick.wrong_lot', { lot, want: here[0]?.lot ?? '' }))
  return count(c, exact, asked.units, asked.code, exact.lot)
}

/** The number for the goods that were scanned last, as it was typed: all that are in the hand now. */
export function enter(c: Carried, number: number): Verdict {
  const stop = stops(c).find(s => s.location === c.at && s.sku === c.keypad?.sku && s.lot === c.keypad.lot)
  if (!stop || number <= 0) return wrong(c, say('ui.pick.nothing_left'))
  return count(c, stop, number, stop.sku, stop.lot || undefined)
}

/** Counts units for the lines of a stop, the next one first. */
function count(c: Carried, stop: Stop, units: number, code: string, lot: string | undefined): Verdict {
  if (units > stop.left) return wrong(c, say('ui.pick.too_many', { n: units, left: stop.left }))
  const changed: WalkLine[] = []
  const done: Done[] = []
  let rest = units
  for (const l of stop.lines) {
    const here = Math.min(rest, l.quantity - l.picked)
    if (here === 0) break
    rest -= here
    changed.push({ ...l, picked: l.picked + here, status: l.picked + here === l.quantity ? 'picked' : 'open' })
    done.push(scanned(c, l, here, units === 1 ? code : stop.sku, lot))
  }
  const next = stepped(
    c,
    changed,
    done.map(d => d.id),
    {},
  )
  const full = stop.left === units
  const [then] = stops(next)
  if (then?.location !== c.at) next.at = ''
  else if (!full && (stop.left >= typed || c.keypad?.sku === stop.sku)) next.keypad = { sku: stop.sku, lot: stop.lot }
  return { result: isOver(next) || full ? 'done' : 'right', word: wordOf(next, stop, units), next, done }
}

/** What is shown in large: how many of how many, and the tote they go into. */
function wordOf(c: Carried, stop: Stop, units: number) {
  if (isOver(c)) return say('ui.pick.over')
  const n = stop.lines.reduce((sum, l) => sum + l.picked, units)
  const of = stop.totes.length > 0 ? { n: units, of: stop.left } : { n, of: stop.quantity }
  const tote = stop.totes[0]?.no
  return tote ? say('ui.pick.into', { ...of, tote }) : say('ui.pick.counted', of)
}

function scanned(c: Carried, l: WalkLine, quantity: number, item: string, lot: string | undefined): Done {
  const id = newKey()
  const body = { event_id: id, task: c.walk.id, line: l.seq, location: l.location, item, lot, quantity }
  return { id, op: 'scan', body, hold }
}

/** Less is there than asked for: what was found stays in the tote, the rest is looked for elsewhere. */
export function short(c: Carried, reason: 'none' | 'damaged' | 'wrong_goods'): Verdict {
  const [stop] = stops(c)
  if (!stop) return wrong(c, say('ui.pick.nothing_left'))
  const changed = stop.lines.map(l => ({ ...l, status: 'short' }))
  const done = stop.lines.map((l): Done => {
    const body = { line: l.seq, picked: l.picked, reason }
    return { id: newKey(), op: 'short-pick', path: { id: c.walk.id }, body, hold }
  })
  const next = stepped(
    c,
    changed,
    done.map(d => d.id),
    {},
  )
  if (stops(next)[0]?.location !== c.at) next.at = ''
  const missing = stop.lines.reduce((n, l) => n + l.quantity - l.picked, 0)
  return { result: isOver(next) ? 'done' : 'right', word: say('ui.pick.short_noted', { n: missing }), next, done }
}

/** Puts the bin off: it comes last. */
export function skip(c: Carried): Verdict {
  const list = stops(c)
  const bin = list[0]?.location ?? ''
  if (!list.some(s => s.location !== bin)) return wrong(c, say('ui.pick.last_bin'))
  const next = stepped(c, [], [], { at: '', skipped: [...c.skipped.filter(s => s !== bin), bin] })
  return { result: 'right', word: stops(next)[0]?.location ?? '', next, done: [] }
}

const same = (a: string, b: string) => a.trim().toUpperCase() === b.toUpperCase()

/** What a code stands for: a bar code, then the code of a SKU, one piece. */
function goodsOf(c: Carried, raw: string, gtin = ''): { sku: string; factor: number } | undefined {
  for (const code of [raw, gtin]) {
    if (!code) continue
    for (const g of c.walk.goods) {
      const found = g.codes.find(b => comparable(b.code) === comparable(code))
      if (found) return { sku: g.sku, factor: Math.max(1, found.factor) }
    }
  }
  const own = c.walk.goods.find(g => g.sku === raw)
  return own && { sku: own.sku, factor: 1 }
}
