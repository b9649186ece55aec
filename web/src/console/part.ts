import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

type Loading<P> = () => Promise<{ default: ComponentType<P> }>

/** A part of the console that comes when it is first drawn. early begins to load it when the page has nothing else to do. */
export function part<P>(load: Loading<P>): LazyExoticComponent<ComponentType<P>> & { early(): void } {
  const go = () => void load().catch(() => {})
  const early = () => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(go, { timeout: 3_000 })
    else setTimeout(go, 1_000)
  }
  return Object.assign(lazy(load), { early })
}
