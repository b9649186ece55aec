import type { Case, CaseUnit } from '../../api/types.gen.ts'

export type Grade = 'A' | 'B' | 'C' | 'D'
export type Fate = 'restock' | 'refurbish' | 'quarantine' | 'scrap'

/** What the keys 1 to 5 say of the piece in hand. The fifth keeps goods apart that are not what was sent: a dispute. */
export const verdicts: { grade: Grade; fate: Fate; dispute?: boolean }[] = [
  { grade: 'A', fate: 'restock' },
  { grade: 'B', fate: 'refurbish' },
  { grade: 'C', fate: 'quarantine' },
  { grade: 'D', fate: 'scrap' },
  { grade: 'C', fate: 'quarantine', dispute: true },
]

/** A line of a case as the desk works through it. */
export interface Line {
  sku: string
  title: string
  asked: number
  graded: number
}

const isGraded = (u: CaseUnit) => u.fate !== 'waiting'

/** Every SKU of a case with how many were asked for and how many have a grade. */
export function linesOf(c: Case): Line[] {
  const out = new Map<string, Line>()
  const of = (sku: string) => {
    const l = out.get(sku) ?? { sku, title: '', asked: 0, graded: 0 }
    out.set(sku, l)
    return l
  }
  for (const l of c.lines) {
    const line = of(l.sku)
    line.asked += l.quantity
    line.title = l.title ?? ''
  }
  for (const u of c.units) if (isGraded(u)) of(u.sku).graded += u.quantity
  return [...out.values()]
}

/** Whether everything that was asked for has a grade. */
export const finished = (c: Case) => linesOf(c).every(l => l.graded >= l.asked)

/** The only SKU that still waits; empty where there are several, and the goods say which. */
export function onlyOpen(c: Case): string {
  const open = linesOf(c).filter(l => l.graded < l.asked)
  return open.length === 1 ? (open[0]?.sku ?? '') : ''
}
