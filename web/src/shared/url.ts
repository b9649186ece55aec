import { useCallback, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'

/** State that is in the address, so that a link, a reload and the back button keep it. */
export type UrlState = Record<string, string>

/** The query of the address, and a change of it. An empty value takes a field out. Moves replace the entry; push makes a new one. */
export function useUrlState(): [UrlState, (change: Record<string, string | undefined>, push?: boolean) => void] {
  const search = useSearch()
  const [, navigate] = useLocation()
  const state = useMemo(() => Object.fromEntries(new URLSearchParams(search)), [search])
  const change = useCallback(
    (fields: Record<string, string | undefined>, push = false) => {
      const next = new URLSearchParams(location.search)
      for (const [name, value] of Object.entries(fields)) {
        if (value) next.set(name, value)
        else next.delete(name)
      }
      const text = next.toString()
      navigate(location.pathname + (text ? `?${text}` : ''), { replace: !push })
    },
    [navigate],
  )
  return [state, change]
}
