import type { Place } from '../../api/types.gen.ts'

// A plan is drawn from the coordinates of the places. Levels of one rack stand above each other: on the plan they are one cell.

/** A cell of the plan: the places that stand over one another. */
export interface Cell {
  key: string
  x: number
  y: number
  aisle: number
  zone: string
  kind: string
  places: Place[]
  units: number
  picks: number
  open: number
}

export interface Point {
  x: number
  y: number
}

export interface Plan {
  cells: Cell[]
  /** In metres, with a margin. */
  box: { x: number; y: number; w: number; h: number }
  /** Of a cell, in metres. */
  size: { w: number; h: number }
  /** Where the cross aisles are: before the first and behind the last place of the aisles. */
  front: number
  back: number
  at: Map<string, Point>
}

const margin = 1.5

/** The plan of some places; null where none has coordinates. */
export function planOf(places: Place[]): Plan | null {
  const drawn = places.filter(p => p.x_m !== 0 || p.y_m !== 0)
  if (drawn.length === 0) return null
  const cells = new Map<string, Cell>()
  for (const p of drawn) {
    const key = `${p.x_m} ${p.y_m}`
    const cell = cells.get(key) ?? {
      key,
      x: p.x_m,
      y: p.y_m,
      aisle: p.aisle,
      zone: p.zone,
      kind: p.kind,
      places: [],
      units: 0,
      picks: 0,
      open: 0,
    }
    cells.set(key, cell)
    cell.places.push(p)
    cell.units += p.units
    cell.picks += p.picks
    cell.open += p.open
    if (p.kind === 'pick') Object.assign(cell, { zone: p.zone, kind: p.kind })
  }
  const list = [...cells.values()]
  const racks = list.filter(c => c.aisle > 0)
  const xs = list.map(c => c.x)
  const ys = list.map(c => c.y)
  const ends = racks.length > 0 ? racks : list
  const front = Math.min(...ends.map(c => c.y)) - margin
  const back = Math.max(...ends.map(c => c.y)) + margin
  const [x, y] = [Math.min(...xs) - 2 * margin, Math.min(Math.min(...ys), front) - margin]
  return {
    cells: list,
    box: { x, y, w: Math.max(...xs) - x + 2 * margin, h: Math.max(Math.max(...ys), back) - y + margin },
    size: {
      w:
        step(
          racks.map(c => c.x),
          2,
        ) * 0.5,
      h:
        step(
          racks.map(c => c.y),
          1.2,
        ) * 0.86,
    },
    front,
    back,
    at: new Map(drawn.map(p => [p.code, { x: p.x_m, y: p.y_m }])),
  }
}

/** The smallest distance between two neighbours. */
function step(values: number[], usual: number) {
  const sorted = [...new Set(values)].sort((a, b) => a - b)
  const steps = sorted.slice(1).map((v, i) => v - (sorted[i] ?? v))
  return steps.length > 0 ? Math.min(...steps) : usual
}

/** The way from place to place: along an aisle, and over the nearer cross aisle into the next one. */
export function way(plan: Plan, stops: Point[]): Point[] {
  const out: Point[] = []
  for (const to of stops) {
    const from = out.at(-1)
    if (from && from.x !== to.x) {
      const inside = (p: Point) => p.y >= plan.front && p.y <= plan.back
      const over = !inside(from) || !inside(to) ? plan.front : nearer(plan, from.y, to.y)
      out.push({ x: from.x, y: over }, { x: to.x, y: over })
    }
    out.push(to)
  }
  return out
}

const nearer = ({ front, back }: Plan, a: number, b: number) =>
  a - front + (b - front) <= back - a + (back - b) ? front : back

/** Four steps of a layer, by share of its greatest value; 0 where there is nothing. */
export const shade = (value: number, most: number) =>
  value <= 0 || most <= 0 ? 0 : Math.max(1, Math.ceil((4 * value) / most))
