import type { ComponentType } from 'react'
import { type Later, later } from '../ui/Later.tsx'

/** A part of the console that comes when it is first drawn. early begins to load it when the page has nothing else to do. */
export function part<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): Later<P> & { early(): void } {
  const drawn = later(load, () => null)
  const go = () => void drawn.load().catch(() => {})
  const early = () => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(go, { timeout: 3_000 })
    else setTimeout(go, 1_000)
  }
  return Object.assign(drawn, { early })
}
