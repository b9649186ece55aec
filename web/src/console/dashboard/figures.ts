import type { FigureHour, Figures } from '../../api/types.gen.ts'
import { now } from '../../shared/clock.ts'
import { day, dayName } from '../../shared/format.ts'
import { instant, wall } from '../../ui/DateField.tsx'

export const ranges = ['day', 'today', 'week', 'month'] as const
export type Range = (typeof ranges)[number]

const hour = 3_600_000

/** The time that a range is, as the API takes it; nothing is the last 24 hours. */
export function spanOf(range: string | undefined): { from?: string; to?: string } {
  const iso = (at: number) => new Date(at).toISOString()
  const end = Math.floor(now() / hour) * hour + hour
  if (range === 'today') return { from: iso(Math.min(instant(`${day(now())}T00:00`), end - hour)), to: iso(end) }
  const days = range === 'week' ? 7 : range === 'month' ? 30 : 0
  if (days > 0) return { from: iso(end - days * 24 * hour), to: iso(end) }
  return {}
}

/** How much of a figure there was; of one part where it is said. */
export const total = (hours: FigureHour[], figure: string, part?: string) =>
  hours.reduce(
    (sum, h) =>
      sum +
      h.counts.reduce((n, c) => n + (c.figure === figure && (part === undefined || c.part === part) ? c.n : 0), 0),
    0,
  )

/** The parts of a figure, the largest first. */
export function parts(hours: FigureHour[], figure: string): { part: string; n: number }[] {
  const sums = new Map<string, number>()
  for (const h of hours) {
    for (const c of h.counts) if (c.figure === figure) sums.set(c.part ?? '', (sums.get(c.part ?? '') ?? 0) + c.n)
  }
  return [...sums].map(([part, n]) => ({ part, n })).sort((a, b) => b.n - a.n || a.part.localeCompare(b.part))
}

/** A column of a chart over time: an hour, or a day where there are many hours. */
export interface Column {
  name: string
  from: string
  to: string
  hours: FigureHour[]
}

export function columnsOf(f: Figures): Column[] {
  const daily = f.hours.length > 48
  const out: Column[] = []
  for (const h of f.hours) {
    const name = daily ? dayName(h.at) : wall(Date.parse(h.at)).slice(-5)
    const to = new Date(Date.parse(h.at) + hour).toISOString()
    const last = out.at(-1)
    if (daily && last?.name === name) {
      last.to = to
      last.hours.push(h)
    } else out.push({ name, from: h.at, to, hours: [h] })
  }
  return out
}

/** The share of parcels that left in time; nothing where none left. */
export function inTime(hours: FigureHour[], carrier?: string): number | undefined {
  const all = total(hours, 'shipped', carrier)
  return all > 0 ? (all - total(hours, 'late', carrier)) / all : undefined
}

/** How many an hour, over the hours in which there was any. */
export function pace(hours: FigureHour[], figure: string): number | undefined {
  const busy = hours.map(h => total([h], figure)).filter(n => n > 0)
  return busy.length > 0 ? busy.reduce((a, b) => a + b, 0) / busy.length : undefined
}
