import { useSyncExternalStore } from 'react'

/** A value that components follow and anybody may change. */
export interface Store<T> {
  get(): T
  set(next: T | ((was: T) => T)): void
  follow(changed: () => void): () => void
}

export function store<T>(first: T): Store<T> {
  let value = first
  const followers = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      const to = typeof next === 'function' ? (next as (was: T) => T)(value) : next
      if (Object.is(to, value)) return
      value = to
      for (const f of followers) f()
    },
    follow(changed) {
      followers.add(changed)
      return () => followers.delete(changed)
    },
  }
}

/** The value, and a new drawing when it changes. */
export const useStore = <T>(s: Store<T>): T => useSyncExternalStore(s.follow, s.get)

/** A store that a browser keeps under a name. What cannot be read is as if it were not there. */
export function keptStore<T>(name: string, first: T): Store<T> {
  const s = store(first)
  try {
    const raw = localStorage.getItem(name)
    if (raw) s.set(JSON.parse(raw) as T)
  } catch {
    localStorage.removeItem(name)
  }
  s.follow(() => localStorage.setItem(name, JSON.stringify(s.get())))
  return s
}
