/** What the queue needs of a case to tell whether it is free. */
export interface Claimable {
  id: string
  claimed_by?: string
}

/** Somebody else has it open. */
export const isTaken = (row: Claimable, me: string) => !!row.claimed_by && row.claimed_by !== me

/** The free case that follows, going on from the top; undefined when there is none but the one that is left. */
export function nextFree(rows: Claimable[], from: string | undefined, me: string, but?: ReadonlySet<string>) {
  const at = rows.findIndex(r => r.id === from)
  const free = (r: Claimable) => r.id !== from && !isTaken(r, me) && !but?.has(r.id)
  return [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))].find(free)?.id
}

/** The case a step away, taken or not. */
export function beside(rows: Claimable[], from: string | undefined, step: 1 | -1) {
  const at = rows.findIndex(r => r.id === from)
  return at < 0 ? rows[0]?.id : rows[at + step]?.id
}
