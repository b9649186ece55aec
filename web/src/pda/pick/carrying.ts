import { startTransition, useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, call, newKey } from '../../shared/api.ts'
import { calm, give } from '../../shared/feedback.ts'
import { useStore } from '../../shared/store.ts'
import { say } from '../../shared/words.ts'
import { box } from '../box.ts'
import type { Verdict } from './judge.ts'
import { type Carried, carry, renewed, unstepped } from './walk.ts'

/** Loads a task with all that belongs to it onto the device, to be worked on without a network. */
export async function takeAlong(id: string): Promise<Carried> {
  const c = carry(await call('get-walk', { path: { id } }))
  await box.keepTask(id, c)
  return c
}

const again = 20_000 // how often the server is asked whether something of the task has changed

/** A task on the device, and the acts on it. Each act is judged at once and kept with its task in one piece before it is sent. */
export function useCarried(id: string) {
  const [c, show] = useState<Carried | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const now = useRef<Carried | null>(null)
  const keeping = useRef<Promise<unknown>>(Promise.resolve())
  const { queued, conflicts } = useStore(box.standing)

  // The colour of a scan is drawn first, the walk behind it.
  const set = useCallback((next: Carried) => {
    now.current = next
    startTransition(() => show(next))
  }, [])

  const load = useCallback(async () => {
    setError(null)
    try {
      set((await box.task<Carried>(id)) ?? (await takeAlong(id)))
    } catch (e) {
      setError(e as Error)
    }
  }, [id, set])

  const renew = useCallback(async () => {
    const before = now.current
    if (!before || !(await box.empty())) return
    try {
      const walk = await call('get-walk', { path: { id } })
      await keeping.current
      if (now.current !== before || !(await box.empty()) || now.current !== before) return
      const next = renewed(before, walk)
      set(next)
      await box.keepTask(id, next)
    } catch (e) {
      if (e instanceof ApiError && !e.passing) setError(e)
    }
  }, [id, set])

  useEffect(() => void load(), [load])
  useEffect(() => calm, [])
  // When the server has heard all, or has refused something, its own view of the task counts again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures say when, they are not read
  useEffect(() => void renew(), [renew, queued, conflicts])
  useEffect(() => {
    const t = setInterval(() => void renew(), again)
    return () => clearInterval(t)
  }, [renew])

  const act = useCallback(
    (judged: (c: Carried) => Verdict) => {
      if (!now.current) return
      const v = judged(now.current)
      give(v.result, v.word)
      if (v.next === now.current) return
      set(v.next)
      keeping.current = keeping.current
        .then(() => box.step(v.done, { id, data: v.next }))
        .catch(() => give('stop', say('ui.pick.not_kept')))
    },
    [id, set],
  )

  const undo = useCallback(async () => {
    await keeping.current
    const last = now.current?.steps.at(-1)
    if (!now.current || !last) return give('wrong', say('ui.pick.nothing_to_undo'))
    const back = unstepped(now.current)
    if (await box.takeBack(last.ids, { id, data: back })) {
      set(back)
      return give('right', say('ui.pick.undone'))
    }
    const corrected = correction(now.current, back, last.lines)
    if (corrected.length === 0) return give('wrong', say('ui.pick.too_late'))
    set(back)
    await box.step(corrected, { id, data: back })
    give('right', say('ui.pick.undone'))
  }, [id, set])

  const sort = useCallback(
    (totes: boolean) => {
      if (!now.current) return
      const next = { ...now.current, totes, keypad: undefined }
      set(next)
      void box.keepTask(id, next)
    },
    [id, set],
  )

  return { c, error, load, act, undo, sort }
}

/** What takes back an act that the server has heard: the count as it was before, where no line was closed by it; else nothing. */
function correction(c: Carried, back: Carried, lines: Carried['steps'][number]['lines']) {
  if (lines.some(w => c.walk.lines.find(l => l.seq === w.seq)?.status !== 'open')) return []
  return lines.map(w => {
    const line = back.walk.lines.find(l => l.seq === w.seq)
    const body = { lines: [{ seq: w.seq, picked: w.picked }] }
    return { id: newKey(), op: 'pick' as const, path: { id: line?.fulfilment ?? '' }, body }
  })
}
