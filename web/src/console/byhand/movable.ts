import type { AllocationPiece } from '../../api/types.gen.ts'
import type { Stock } from './Amounts.tsx'

/** What can go to a warehouse: all that no wave has taken, but for what it holds itself; a line's units of one SKU together. */
export function movable(pieces: AllocationPiece[], to: string): Stock[] {
  const out = new Map<string, Stock>()
  for (const p of pieces) {
    if (p.node === to) continue
    const key = `${p.line} ${p.sku}`
    const was = out.get(key)
    const from = [...new Set([...(was?.from?.split(', ') ?? []), ...(p.node ? [p.node] : [])])].join(', ')
    out.set(key, { key, sku: p.sku, line: p.line, there: (was?.there ?? 0) + p.quantity, from: from || undefined })
  }
  return [...out.values()]
}
