import { useState } from 'react'

/** The rows that an act on many is for, by key. */
export interface Selection {
  chosen: ReadonlySet<string>
  toggle(key: string): void
  /** From the row that was touched last to this one, in the order of the list. */
  range(keys: string[], to: string): void
  set(keys: Iterable<string>): void
  clear(): void
}

export function useSelection(): Selection {
  const [{ chosen }, set] = useState<{ chosen: Set<string>; from: string }>({ chosen: new Set(), from: '' })
  return {
    chosen,
    toggle: key =>
      set(was => {
        const next = new Set(was.chosen)
        if (!next.delete(key)) next.add(key)
        return { chosen: next, from: key }
      }),
    range: (keys, to) =>
      set(was => {
        const next = new Set(was.chosen)
        for (const k of between(keys, was.from || to, to)) next.add(k)
        return { chosen: next, from: was.from || to }
      }),
    set: keys => set({ chosen: new Set(keys), from: '' }),
    clear: () => set({ chosen: new Set(), from: '' }),
  }
}

/** The keys from one to the other, both with them, whichever comes first. */
export function between(keys: string[], a: string, b: string): string[] {
  const i = keys.indexOf(a)
  const j = keys.indexOf(b)
  if (j < 0) return []
  return i < 0 ? [b] : keys.slice(Math.min(i, j), Math.max(i, j) + 1)
}
