import { useEffect, useState } from 'react'
import { now } from '../../shared/clock.ts'
import { clock } from '../../shared/format.ts'

/** The time on the wall of the warehouse as text, and the browser's in milliseconds, as they go on. */
export function useClock(): { text: string; at: number } {
  const [at, setAt] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setAt(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return { text: clock(now()), at }
}
