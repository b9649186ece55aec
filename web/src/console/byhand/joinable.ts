import type { Fulfilment } from '../../api/types.gen.ts'

/** The parcels that one key puts together: those that were chosen, or else the first that stand in one warehouse. */
export function joinable(parts: Fulfilment[], chosen: string[]): Fulfilment[] | null {
  const picked = parts.filter(f => chosen.includes(f.id))
  if (picked.length > 0) return picked.length > 1 && picked.every(f => f.node === picked[0]?.node) ? picked : null
  for (const f of parts) {
    const same = parts.filter(x => x.node === f.node)
    if (same.length > 1) return same
  }
  return null
}
