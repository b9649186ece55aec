import { useEffect, useState } from 'react'

/** The rows that are drawn: from the first up to, and without, the last. */
export interface Sight {
  from: number
  to: number
}

const around = 8 // rows above and below those in sight
const step = 4 // so many rows are passed before others are drawn

/** Which rows of one height are to be drawn where a scroller stands. */
export function sight(top: number, tall: number, row: number): Sight {
  const first = Math.floor(top / row) - around
  const last = Math.ceil((top + tall) / row) + around
  return { from: Math.max(0, Math.floor(first / step) * step), to: Math.ceil(last / step) * step }
}

/** Where a scroller has to stand so that a row is in sight under the heading, which is as high as a row; where it stands if it is. */
export function standing(top: number, tall: number, row: number, at: number): number {
  const lowest = (at + 2) * row - tall
  return Math.max(0, Math.min(Math.max(top, lowest), at * row))
}

/** Follows a scroller full of rows of one height. reveal brings a row into sight, drawn at once and not with the next event. */
export function useSight(scroller: HTMLElement | null) {
  const row = useRowHeight(scroller)
  const [seen, setSeen] = useState<Sight>({ from: 0, to: 40 })
  const look = (top: number, tall: number) => {
    const next = sight(top, tall, row)
    setSeen(was => (was.from === next.from && was.to === next.to ? was : next))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: look is made anew each time, of row
  useEffect(() => {
    if (!scroller) return
    const follow = () => look(scroller.scrollTop, scroller.clientHeight)
    const size = new ResizeObserver(follow)
    size.observe(scroller)
    scroller.addEventListener('scroll', follow, { passive: true })
    follow()
    return () => {
      size.disconnect()
      scroller.removeEventListener('scroll', follow)
    }
  }, [scroller, row])
  const reveal = (at: number) => {
    if (!scroller) return
    const { scrollTop, clientHeight } = scroller
    const to = standing(scrollTop, clientHeight, row, at)
    if (to === scrollTop) return
    scroller.scrollTop = to
    look(to, clientHeight)
  }
  return { ...seen, row, reveal }
}

/** The height of a row, as the density of the page sets it. */
function useRowHeight(place: HTMLElement | null): number {
  const [height, setHeight] = useState(32)
  useEffect(() => {
    if (!place) return
    const read = () => setHeight(Number.parseInt(getComputedStyle(place).getPropertyValue('--row'), 10) || 32)
    const density = new MutationObserver(read)
    density.observe(document.documentElement, { attributeFilter: ['data-density', 'data-surface'] })
    read()
    return () => density.disconnect()
  }, [place])
  return height
}
