import { startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { covers, hurried, refilled, type Slot, type Stretch } from './slots.ts'

const step = 4 // so many rows are passed before others are drawn
const ahead = 12 // rows drawn beyond those in sight, where the list is going
const behind = 4 // and where it comes from

/** Where a scroller stands, in pixels, with how many rows of one height. up: it went up last. */
export interface Stand {
  top: number
  tall: number
  row: number
  count: number
  up: boolean
}

/** The rows that are in sight. */
export function sight({ top, tall, row, count }: Stand): Stretch {
  const to = Math.min(count, Math.ceil((top + tall) / row))
  return { from: Math.min(to, Math.max(0, Math.floor(top / row))), to }
}

/** The rows that are to be drawn: those in sight and some around them, most of them where the list is going. They are as many wherever
 * it stands, so that as many places are filled. */
export function around({ top, tall, row, count, up }: Stand): Stretch {
  const first = Math.floor(top / row) - (up ? ahead : behind)
  const many = Math.ceil((Math.ceil(tall / row) + ahead + behind) / step) * step + step
  const from = Math.max(0, Math.min(Math.floor(first / step) * step, count - many))
  return { from, to: Math.min(count, from + many) }
}

/** Where a scroller has to stand so that a row is in sight under the heading, which is as high as a row; where it stands if it is. */
export function standing(top: number, tall: number, row: number, at: number): number {
  const lowest = (at + 2) * row - tall
  return Math.max(0, Math.min(Math.max(top, lowest), at * row))
}

const now = (draw: () => void) => draw()

/**
 * Follows a scroller of so many rows of one height and says what is drawn in which place. What comes into sight is drawn before the
 * next frame; what is only near is drawn behind it. reveal brings a row into sight.
 */
export function useSight(scroller: HTMLElement | null, count: number) {
  const row = useRowHeight(scroller)
  const [stood, setStood] = useState({ top: 0, tall: 0, up: false })
  const [kept, setKept] = useState<Slot[]>([])
  const stand = { ...stood, row, count }
  const near = around(stand)
  const inSight = sight(stand)
  const drawn = covers(kept, inSight)
  const slots = drawn ? kept : hurried(kept, near, inSight)
  if (!drawn) setKept(slots)
  const whole = slots.length === near.to - near.from && covers(slots, near)
  useEffect(() => {
    if (whole) return
    const soon = setTimeout(() => startTransition(() => setKept(was => refilled(was, near.from, near.to))))
    return () => clearTimeout(soon)
  }, [whole, near.from, near.to])

  const latest = useRef({ stand, slots, near })
  latest.current = { stand, slots, near }
  const [look] = useState(() => (top: number, tall: number, set: (draw: () => void) => void = now) => {
    const { stand: was, slots, near } = latest.current
    const next = { ...was, top, tall, up: top === was.top ? was.up : top < was.top }
    const to = around(next)
    const missing = !covers(slots, sight(next))
    const draw = () => setStood({ top, tall, up: next.up })
    if (missing) set(draw)
    else if (to.from !== near.from || to.to !== near.to) draw()
  })
  useLayoutEffect(() => {
    if (!scroller) return
    const follow = () => look(scroller.scrollTop, scroller.clientHeight)
    const scrolled = () => look(scroller.scrollTop, scroller.clientHeight, flushSync)
    const size = new ResizeObserver(follow)
    size.observe(scroller)
    scroller.addEventListener('scroll', scrolled, { passive: true })
    follow()
    return () => {
      size.disconnect()
      scroller.removeEventListener('scroll', scrolled)
    }
  }, [scroller, look])
  const reveal = (at: number) => {
    if (!scroller) return
    const { scrollTop, clientHeight } = scroller
    const to = standing(scrollTop, clientHeight, row, at)
    if (to === scrollTop) return
    scroller.scrollTop = to
    look(to, clientHeight, flushSync)
  }
  return { slots, to: near.to, row, reveal }
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
