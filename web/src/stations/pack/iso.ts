import type { UnitPlace } from '../../api/types.gen.ts'

// The goods of a carton drawn in parallel projection, seen from above and in front, the layers lifted off each other.

export interface Face {
  points: string
  side: 'top' | 'left' | 'right'
}

export interface Solid {
  key: string
  sku: string
  faces: Face[]
  /** The middle of its top, for the number of its line. */
  at: [number, number]
  /** How large the top is across. */
  across: number
}

export interface Drawing {
  solids: Solid[]
  /** The floor of each layer. */
  floors: string[]
  box: [number, number, number, number]
}

const cos = Math.cos(Math.PI / 6)
const sin = 0.5

type Point = [number, number]

const project = (x: number, y: number, z: number): Point => [(x - y) * cos, (x + y) * sin - z]

const path = (points: Point[]) => points.map(p => p.map(v => v.toFixed(1)).join(',')).join(' ')

/** Draws the units of a carton of the given size: what is behind first. Layers are units that stand on the same height. */
export function draw(places: UnitPlace[], mm: number[]): Drawing {
  const [length = 0, width = 0, height = 0] = mm
  const heights = [...new Set(places.map(p => p.at[2] ?? 0))].sort((a, b) => a - b)
  const lift = heights.length > 1 ? Math.max(height * 0.45, (length + width) * 0.12) : 0
  const solids: Solid[] = []
  const floors: string[] = []
  const all: Point[] = []
  heights.forEach((level, i) => {
    const up = i * lift
    const floor = rectangle(0, 0, level + up, length, width)
    floors.push(path(floor))
    all.push(...floor)
    const layer = places
      .map((p, no) => ({ p, no }))
      .filter(x => (x.p.at[2] ?? 0) === level)
      .sort((a, b) => near(a.p) - near(b.p))
    for (const { p, no } of layer) {
      const s = solid(p, up, `${no}`)
      solids.push(s.solid)
      all.push(...s.points)
    }
  })
  const xs = all.map(p => p[0])
  const ys = all.map(p => p[1])
  const pad = 8
  const [left, top] = [Math.min(...xs) - pad, Math.min(...ys) - pad]
  return { solids, floors, box: [left, top, Math.max(...xs) + pad - left, Math.max(...ys) + pad - top] }
}

const near = (p: UnitPlace) => (p.at[0] ?? 0) + (p.at[1] ?? 0)

const rectangle = (x: number, y: number, z: number, dx: number, dy: number): Point[] => [
  project(x, y, z),
  project(x + dx, y, z),
  project(x + dx, y + dy, z),
  project(x, y + dy, z),
]

function solid(p: UnitPlace, up: number, key: string) {
  const [x = 0, y = 0, z0 = 0] = p.at
  const [dx = 0, dy = 0, dz = 0] = p.mm
  const z = z0 + up
  const top = rectangle(x, y, z + dz, dx, dy)
  const right = [
    project(x + dx, y, z + dz),
    project(x + dx, y + dy, z + dz),
    project(x + dx, y + dy, z),
    project(x + dx, y, z),
  ]
  const left = [
    project(x, y + dy, z + dz),
    project(x + dx, y + dy, z + dz),
    project(x + dx, y + dy, z),
    project(x, y + dy, z),
  ]
  const faces: Face[] = [
    { side: 'top', points: path(top) },
    { side: 'left', points: path(left) },
    { side: 'right', points: path(right) },
  ]
  const at = project(x + dx / 2, y + dy / 2, z + dz)
  return { solid: { key, sku: p.sku, faces, at, across: Math.min(dx, dy) }, points: [...top, ...right, ...left] }
}
