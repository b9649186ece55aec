import type { Walk, WalkLine } from '../../api/types.gen.ts'
import type { Result } from '../../shared/feedback.ts'
import { comparable, read } from '../../shared/gs1.ts'
import { say } from '../../shared/words.ts'

// The goods of a batch walk come in one pile and are put into cells, one for each order. Every scan is judged here, on the device.

/** How far a wall is: pieces put, by line of the walk, in the order in which it was done; the last may be taken back. */
export interface Wall {
  put: { seq: number; quantity: number }[]
  /** The line whose cell is lit: so many pieces go there now. */
  lit?: { seq: number; quantity: number }
}

export const empty: Wall = { put: [] }

/** One cell of the wall. */
export interface Cell {
  no: number
  fulfilment: string
  put: number
  of: number
  /** Why nothing may go on here, for people. */
  stopped?: string
}

/** What came of a scan or an act. */
export interface Verdict {
  result: Result
  word: string
  wall: Wall
}

const putOf = (w: Wall, seq: number) => w.put.reduce((n, p) => (p.seq === seq ? n + p.quantity : n), 0)

/** What was picked of a line and is not in its cell yet. */
export const left = (w: Wall, l: WalkLine) => l.picked - putOf(w, l.seq)

/** The cells as they stand, by number. */
export function cells(walk: Walk, w: Wall): Cell[] {
  return walk.totes
    .map(t => {
      const mine = walk.lines.filter(l => l.fulfilment === t.fulfilment)
      return {
        no: t.no,
        fulfilment: t.fulfilment,
        put: mine.reduce((n, l) => n + putOf(w, l.seq), 0),
        of: mine.reduce((n, l) => n + l.picked, 0),
        stopped: mine.find(l => l.blocked && l.picked > 0)?.blocked,
      }
    })
    .sort((a, b) => a.no - b.no)
}

export const isDone = (walk: Walk, w: Wall) => walk.lines.every(l => left(w, l) <= 0 || !!l.blocked)

export const lineOf = (walk: Walk, seq: number | undefined) => walk.lines.find(l => l.seq === seq)

/** Judges a scan: goods light the cell they go to, the number of that cell confirms it. */
export function judge(walk: Walk, w: Wall, text: string): Verdict {
  const lit = lineOf(walk, w.lit?.seq)
  if (lit && w.lit) {
    const cell = /^(?:cell|c)?[-\s]?0*(\d{1,3})$/i.exec(text.trim())
    if (cell && Number(cell[1]) === lit.tote) return confirm(walk, w)
    return wrong(w, say('ui.wall.wrong_cell', { cell: lit.tote }))
  }
  return light(walk, w, text)
}

/** What is lit was put: the next cell for the same goods lights, if one needs them. */
export function confirm(walk: Walk, w: Wall): Verdict {
  const line = lineOf(walk, w.lit?.seq)
  if (!line || !w.lit) return wrong(w, say('ui.wall.scan_item'))
  const wall: Wall = { put: [...w.put, w.lit] }
  const next = needing(walk, wall, line.sku)[0]
  if (next) wall.lit = { seq: next.seq, quantity: left(wall, next) }
  const cell = cells(walk, wall).find(c => c.no === line.tote)
  const full = !!cell && cell.put >= cell.of
  return { result: full ? 'done' : 'right', word: say(full ? 'ui.wall.full' : 'ui.wall.in', { cell: line.tote }), wall }
}

/** Takes the last piece of work back: the light, or what was put last. */
export function undo(w: Wall): Wall {
  if (w.lit) return { put: w.put }
  const last = w.put.at(-1)
  return last ? { put: w.put.slice(0, -1), lit: last } : w
}

function light(walk: Walk, w: Wall, text: string): Verdict {
  const sku = goodsOf(walk, text)
  if (!sku) return wrong(w, say('ui.wall.unknown', { code: text.trim() }))
  const [line] = needing(walk, w, sku)
  if (line) {
    return {
      result: 'right',
      word: say('ui.wall.to', { cell: line.tote }),
      wall: { put: w.put, lit: { seq: line.seq, quantity: left(w, line) } },
    }
  }
  const stopped = walk.lines.find(l => l.sku === sku && l.blocked && left(w, l) > 0)
  if (stopped?.blocked) return { result: 'stop', word: stopped.blocked, wall: w }
  return wrong(w, say('ui.wall.too_many', { sku }))
}

/** The lines that still need goods, the lowest cell first; those that may not go on are left out. */
const needing = (walk: Walk, w: Wall, sku: string) =>
  walk.lines.filter(l => l.sku === sku && !l.blocked && left(w, l) > 0).sort((a, b) => a.tote - b.tote)

function goodsOf(walk: Walk, text: string): string | undefined {
  const scan = read(text)
  const codes = [scan.raw, scan.gtin].filter(c => c !== undefined).map(comparable)
  return walk.goods.find(g => [g.sku, ...g.codes.map(c => c.code)].some(c => codes.includes(comparable(c))))?.sku
}

const wrong = (wall: Wall, word: string): Verdict => ({ result: 'wrong', word, wall })
