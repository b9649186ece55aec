import type { Walk, WalkLine } from '../../api/types.gen.ts'

// A walk as the device keeps it. All of it is a value: what was done is a new one, so that an act can be taken back.

/** A task on the device, with how far its picker has come. */
export interface Carried {
  walk: Walk
  /** The bin that was scanned; empty where one is to be scanned first. */
  at: string
  /** Bins that were put off, in that order: they come last. */
  skipped: string[]
  /** Each order has its tote, and goods are put there at once. */
  totes: boolean
  /** Goods whose lot is to be scanned or typed now. */
  lot?: { sku: string; code: string; units: number }
  /** The number may be typed for these goods of the bin now. */
  keypad?: { sku: string; lot: string }
  /** The last acts, the newest last. */
  steps: Step[]
}

/** What an act changed, to take it back. */
export interface Step {
  /** Of the entries in the outbox. */
  ids: string[]
  lines: Pick<WalkLine, 'seq' | 'picked' | 'status'>[]
  at: string
  skipped: string[]
}

/** One place of the walk with what is taken there. */
export interface Stop {
  location: string
  zone: string
  sku: string
  title: string
  lot: string
  /** Still to be taken: for the tote that is next, or for all. */
  left: number
  /** Asked for in all of the same lines. */
  quantity: number
  /** The lines it is for, the next one first. */
  lines: WalkLine[]
  /** Where it goes, the next one first; empty where everything goes into one. */
  totes: { no: number; left: number }[]
}

/** A walk for more orders than this is sorted afterwards, unless the picker says otherwise. */
const mostTotes = 9
const stepsKept = 20

/** Takes a walk along. */
export const carry = (walk: Walk): Carried => ({
  walk,
  at: '',
  skipped: [],
  totes: walk.totes.length > 1 && walk.totes.length <= mostTotes,
  steps: [],
})

/** What the server says now, under what the picker is about to do. */
export const renewed = (c: Carried, walk: Walk): Carried => ({ ...c, walk })

/** Lines that may be picked now, in the order of the walk, those of bins that were put off last. */
export function ahead(c: Carried): WalkLine[] {
  const open = c.walk.lines.filter(l => l.status === 'open' && !l.blocked)
  const put = (l: WalkLine) => c.skipped.indexOf(l.location)
  return [...open].sort((a, b) => put(a) - put(b) || a.seq - b.seq)
}

/** The stops that are left, the next one first. Lines for the same goods of one bin are one stop. */
export function stops(c: Carried): Stop[] {
  const out = new Map<string, Stop>()
  for (const l of ahead(c)) {
    const key = `${l.location}\n${l.sku}\n${l.lot ?? ''}`
    const left = l.quantity - l.picked
    const stop: Stop = out.get(key) ?? { ...placeOf(l), left: 0, quantity: 0, lines: [], totes: [] }
    out.set(key, stop)
    stop.lines.push(l)
    stop.quantity += l.quantity
    stop.left += c.totes && stop.lines.length > 1 ? 0 : left
    if (!c.totes) continue
    const tote = stop.totes.find(t => t.no === l.tote)
    if (tote) tote.left += left
    else stop.totes.push({ no: l.tote, left })
  }
  return [...out.values()]
}

const placeOf = ({ location, zone, sku, title, lot = '' }: WalkLine) => ({ location, zone, sku, title, lot })

/** How far the walk has come. */
export function progress(c: Carried) {
  const { lines } = c.walk
  const count = (f: (l: WalkLine) => boolean) => lines.filter(f).length
  return {
    lines: lines.length,
    closed: count(l => l.status !== 'open'),
    short: count(l => l.status === 'short'),
    called: count(l => l.status === 'cancelled'),
    blocked: count(l => l.status === 'open' && !!l.blocked),
    units: lines.reduce((n, l) => n + l.picked, 0),
  }
}

/** Nothing is left that may be picked. */
export const isOver = (c: Carried) => ahead(c).length === 0

/** The walk with lines as they are after an act, and the act noted. */
export function stepped(c: Carried, changed: WalkLine[], ids: string[], moved: Partial<Carried>): Carried {
  const was = changed.map(x => c.walk.lines.find(l => l.seq === x.seq) as WalkLine)
  const step: Step = {
    ids,
    lines: was.map(({ seq, picked, status }) => ({ seq, picked, status })),
    at: c.at,
    skipped: c.skipped,
  }
  return {
    ...c,
    lot: undefined,
    keypad: undefined,
    ...moved,
    walk: { ...c.walk, lines: c.walk.lines.map(l => changed.find(x => x.seq === l.seq) ?? l) },
    steps: [...c.steps, step].slice(-stepsKept),
  }
}

/** The walk without its last act. */
export function unstepped(c: Carried): Carried {
  const step = c.steps.at(-1)
  if (!step) return c
  const lines = c.walk.lines.map(l => ({ ...l, ...step.lines.find(w => w.seq === l.seq) }))
  return {
    ...c,
    lot: undefined,
    keypad: undefined,
    at: step.at,
    skipped: step.skipped,
    walk: { ...c.walk, lines },
    steps: c.steps.slice(0, -1),
  }
}
