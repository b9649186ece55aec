import { useCallback, useEffect, useRef, useState } from 'react'
import type { Exception } from '../../api/types.gen.ts'
import { ApiError, call, type Query } from '../../shared/api.ts'
import { queries, useList } from '../../shared/query.ts'
import { may, useMe } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { toastError } from '../../ui/Toast.tsx'
import { beside, nextFree } from './next.ts'

const renewEvery = 120_000 // a claim lasts five minutes
const settle = 250 // who only walks past claims nothing
const hiddenFor = 6_000 // until the list has come again

/** The queue, which case is open, and what keeps two people from the same one. */
export function useCases() {
  const [url, change] = useUrlState()
  const me = useMe().name
  const list = useList('list-exceptions', { cause: url.cause } as Query<'list-exceptions'>, p => p.exceptions, {
    follows: ['review', 'order', 'allocation', 'ship'],
    window: 50,
  })
  const { hidden, hide, show } = useHidden()
  const rows = list.rows.filter(r => !hidden.has(r.id))
  const open = url.open
  const skipped = useRef(new Set<string>())
  const byItself = useRef(true)
  const go = useCallback((id: string | undefined) => change({ open: id }), [change])

  const goNext = () => {
    byItself.current = true
    go(nextFree(rows, open, me, skipped.current))
  }
  const first = nextFree(rows, undefined, me, skipped.current)
  useEffect(() => {
    if (!open && first) go(first)
  }, [open, first, go])

  const claim = useClaim(open, byItself, () => {
    if (open) skipped.current.add(open)
    goNext()
  })
  usePrefetch(nextFree(rows, open, me, skipped.current))
  return {
    list,
    rows,
    cause: url.cause ?? '',
    open,
    row: rows.find(r => r.id === open),
    takenBy: claim.takenBy,
    choose: (cause: string) => {
      byItself.current = true
      skipped.current.clear()
      change({ cause, open: undefined })
    },
    pick: (id: string) => {
      byItself.current = false
      go(id)
    },
    step: (by: 1 | -1) => {
      const to = beside(rows, open, by)
      byItself.current = false
      if (to) go(to)
    },
    goNext,
    /** A decision was made: the next case opens by itself. */
    decided: () => {
      if (!open) return
      hide(open)
      claim.decided(open)
      goNext()
    },
    /** Makes a decision; the next case opens before the server has agreed. What it refuses comes back. */
    decide: (act: () => Promise<void>) => {
      if (!open) return
      const id = open
      hide(id)
      claim.keep(id)
      goNext()
      act().then(
        () => claim.decided(id),
        error => {
          show(id)
          claim.back(id)
          toastError(error)
        },
      )
    },
  }
}

export type Cases = ReturnType<typeof useCases>
export type Row = Exception

/** What was decided is gone from the screen before the list comes again. */
function useHidden() {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const show = useCallback((id: string) => setHidden(was => new Set([...was].filter(x => x !== id))), [])
  const hide = (id: string) => {
    setHidden(was => new Set([...was, id]))
    setTimeout(() => show(id), hiddenFor)
  }
  return { hidden, hide, show }
}

/** Gives a case back. Nobody waits for it: what fails runs out by itself. */
const leave = (id: string, decided: boolean) =>
  void call('leave-order', { path: { id }, body: { decided } }).catch(() => {})

/** Opens a case on the server for as long as it is on the screen. skip is called when somebody else has it. */
function useClaim(open: string | undefined, byItself: { current: boolean }, skip: () => void) {
  const [takenBy, setTakenBy] = useState<string>()
  const taking = useRef(new Map<string, Promise<unknown>>())
  const finished = useRef(new Set<string>())
  const onSkip = useRef(skip)
  onSkip.current = skip
  useEffect(() => {
    setTakenBy(undefined)
    if (!open || !may('orders:write')) return
    let over = false
    const refused = (error: unknown) => {
      if (over || !(error instanceof ApiError) || error.problem.code !== 'review.claimed') return
      if (byItself.current) onSkip.current()
      else setTakenBy(error.message)
    }
    const take = () => {
      taking.current.set(open, call('claim-order', { path: { id: open }, body: {} }).catch(refused))
    }
    finished.current.delete(open)
    const soon = setTimeout(take, byItself.current ? 0 : settle)
    const renew = setInterval(take, renewEvery)
    return () => {
      over = true
      clearTimeout(soon)
      clearInterval(renew)
      const taken = taking.current.get(open)
      taking.current.delete(open)
      void taken?.then(() => finished.current.has(open) || leave(open, false))
    }
  }, [open, byItself])
  return {
    takenBy,
    back: (id: string) => leave(id, false),
    keep: (id: string) => finished.current.add(id),
    decided: (id: string) => {
      finished.current.add(id)
      void Promise.resolve(taking.current.get(id)).then(() => leave(id, true))
    },
  }
}

/** Reads the case that will be next, so that it is there at once. */
function usePrefetch(id: string | undefined) {
  useEffect(() => {
    if (!id) return
    for (const op of ['get-order', 'get-timeline'] as const) {
      void queries.prefetchQuery({
        queryKey: [op, { id }, null],
        queryFn: ({ signal }) => call(op, { path: { id }, signal }),
      })
    }
  }, [id])
}
