import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { now } from '../../shared/clock.ts'
import { clock } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { useGet } from '../../shared/query.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Cutoffs } from '../today/Cutoffs.tsx'
import { useClock } from './clock.ts'
import css from './Dashboard.module.css'
import { Flow } from './Flow.tsx'
import { Tiles } from './Tiles.tsx'

const every = 15_000
const freshFor = 40_000
const anew = 6 * 3_600_000 // a new version of the program reaches a screen on which nobody types

/**
 * The dashboard for a screen on the wall: nothing to press, large, current by itself. While the server is away the last figures stay, with
 * the moment they are of; when it is back they go on.
 */
export function Wall({ onLeave }: { onLeave(): void }) {
  const { at } = useWarehouses()
  const figures = useGet('get-figures', { query: { node: at?.code } }, { every })
  const today = useGet('get-today', { query: { node: at?.code } }, { every })
  useKeys({ Escape: onLeave, t: onLeave }, false, true)
  useAlone()
  useReload()
  const f = figures.data
  return createPortal(
    <main className={css.wall} aria-label={say('ui.screen.dashboard')}>
      <Head
        title={at ? `${at.code} ${at.name}` : say('ui.warehouse.all')}
        asOf={figures.dataUpdatedAt}
        away={figures.isError || figures.isPaused}
      />
      {f && (
        <>
          <Tiles figures={f} />
          <div className={css.flows}>
            <Flow large title={say('ui.dashboard.flow')} figures={f} of={['in', 'shipped']} />
            <Flow large title={say('ui.dashboard.work')} figures={f} of={['picked', 'packed']} />
          </div>
        </>
      )}
      <Cutoffs today={today} />
    </main>,
    document.body,
  )
}

/** Where, the time, and whether what is shown is old. It ticks by itself: the charts are not drawn anew every second. */
function Head({ title, asOf, away }: { title: string; asOf: number; away: boolean }) {
  const { text, at } = useClock()
  const stale = asOf > 0 && (away || at - asOf > freshFor)
  return (
    <header>
      <h1>{title}</h1>
      {stale && (
        <p className={css.stale} role="status">
          {say('ui.dashboard.stale', { at: clock(asOf + now() - at) })}
        </p>
      )}
      <time>{text}</time>
    </header>
  )
}

/** Nothing behind the wall can be reached, and the browser fills the screen where it lets us. */
function useAlone() {
  useEffect(() => {
    const page = document.getElementById('root')
    page?.setAttribute('inert', '')
    document.documentElement.requestFullscreen?.().catch(() => {}) // it wants a gesture: opened by its address there is none
    return () => {
      page?.removeAttribute('inert')
      if (document.fullscreenElement) void document.exitFullscreen()
    }
  }, [])
}

/** Loads the page anew from time to time, when the server answers. */
function useReload() {
  const [due, setDue] = useState(0)
  useEffect(() => {
    const timer = setTimeout(
      async () => {
        const answer = await fetch('/healthz').catch(() => null)
        if (answer?.ok) location.reload()
        else setDue(n => n + 1)
      },
      due === 0 ? anew : freshFor,
    )
    return () => clearTimeout(timer)
  }, [due])
}
