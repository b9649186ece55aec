import { useState } from 'react'
import { ApiError } from './api.ts'

/**
 * Something that takes a call or several: busy while it goes on, and what refused it, for the form; or told to refused, for a toast.
 * One call alone is better off with useAct: it knows a repeat after an answer that was lost.
 */
export function useSending(refused?: (error: ApiError) => void) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const send = async (act: () => Promise<unknown>) => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await act()
    } catch (e) {
      if (!(e instanceof ApiError)) throw e
      if (refused) refused(e)
      else setError(e)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, send }
}
