/** A place on the page in which a row of a list is drawn. When the list moves, places are filled with other rows: the page is
 * changed and not built anew. */
export interface Slot {
  key: number
  /** Which row of the list it shows. */
  at: number
}

/** The slots for the rows from one up to another, in their order: what is drawn stays where it is, and the other slots are filled anew. */
export function refilled(slots: Slot[], from: number, to: number): Slot[] {
  const here = new Map<number, Slot>()
  const free: number[] = []
  let fresh = 0
  for (const s of slots) {
    if (s.at >= from && s.at < to) here.set(s.at, s)
    else free.push(s.key)
    fresh = Math.max(fresh, s.key + 1)
  }
  const out: Slot[] = []
  for (let at = from; at < to; at++) out.push(here.get(at) ?? { key: free.shift() ?? fresh++, at })
  return out
}

/** The same, but only what is in sight is changed; the others show what they showed, and new ones are not made yet. */
export function hurried(slots: Slot[], near: Stretch, sight: Stretch): Slot[] {
  const was = new Map(slots.map(s => [s.key, s]))
  return refilled(slots, near.from, near.to).flatMap(s => {
    const kept = s.at >= sight.from && s.at < sight.to ? s : was.get(s.key)
    return kept ? [kept] : []
  })
}

/** Rows of a list: from the first up to, and without, the last. */
export interface Stretch {
  from: number
  to: number
}

/** Whether each row of a stretch is drawn. */
export function covers(slots: Slot[], { from, to }: Stretch): boolean {
  let found = 0
  for (const s of slots) if (s.at >= from && s.at < to) found++
  return found === to - from
}
