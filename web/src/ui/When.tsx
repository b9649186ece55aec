import { type MouseEvent, useLayoutEffect, useRef } from 'react'
import { zoneOf } from '../shared/clock.ts'
import { ago, clock, left, moment, short } from '../shared/format.ts'
import { store, useStore } from '../shared/store.ts'
import css from './When.module.css'

const beat = store(0)
setInterval(() => beat.set(n => n + 1), 30_000)

/** Draws again every half minute, so that an age does not stand still. */
const useTick = () => useStore(beat)

function full(at: string) {
  const here = moment(at)
  const mine = moment(at, true)
  return zoneOf() && here !== mine ? `${here}\n${mine}` : here
}

/** Writes the tooltip when somebody comes near: a long list need not know them all. */
const tell = (e: MouseEvent<HTMLTimeElement>) => {
  if (!e.currentTarget.title) e.currentTarget.title = full(e.currentTarget.dateTime)
}

/** Forgets the tooltip of another moment: a list shows many moments in one place. */
function useForget(at?: string) {
  const place = useRef<HTMLTimeElement>(null)
  const told = useRef(at)
  useLayoutEffect(() => {
    if (told.current !== at) place.current?.removeAttribute('title')
    told.current = at
  }, [at])
  return place
}

/** A moment: how long ago, or with as="clock" the day and time, with as="time" the time alone. The full one, in the warehouse's zone and the viewer's, is in the tooltip. */
export function When({ at, as = 'ago' }: { at?: string; as?: 'ago' | 'clock' | 'time' }) {
  useTick()
  const place = useForget(at)
  if (!at) return <span className={css.when}>—</span>
  return (
    <time ref={place} className={css.when} dateTime={at} onMouseMove={tell}>
      {as === 'ago' ? ago(at) : as === 'clock' ? short(at) : clock(at)}
    </time>
  )
}

/** Time left until a deadline, h:mm: amber under an hour, red with a minus when it is over. over: it does not run any more. */
export function TimeLeft({ until, over }: { until?: string; over?: boolean }) {
  useTick()
  const place = useForget(until)
  if (!until) return <span className={css.when}>—</span>
  if (over) return <When at={until} as="clock" />
  const { text, tone } = left(until)
  return (
    <time ref={place} className={`${css.when} ${css[tone] ?? ''}`} dateTime={until} onMouseMove={tell}>
      {text}
    </time>
  )
}
