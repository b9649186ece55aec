import { useEffect, useState } from 'react'
import type { Count as Place } from '../../api/types.gen.ts'
import { ApiError, call } from '../../shared/api.ts'
import { give } from '../../shared/feedback.ts'
import { read } from '../../shared/gs1.ts'
import { useStore } from '../../shared/store.ts'
import { warehouse } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { BinCode } from '../BinCode.tsx'
import { box } from '../box.ts'
import { GoodsCard } from '../GoodsCard.tsx'
import { Keypad } from '../Keypad.tsx'
import css from './Floor.module.css'
import { book, useLooking } from './looking.ts'

/** Counting, blind: the bin, the goods, the number. What the book expects is not shown. The list is on the device. */
export default function Count() {
  const { list, error, done, back, skip } = useCounts()
  const [at, setAt] = useState('')
  const look = useLooking()
  if (error && !list) return <ErrorState error={error} />
  if (!list) return <Skeleton rows={4} />
  const [c] = list
  if (!c) return <EmptyState title={say('ui.floor.no_counts')} text={say('ui.floor.no_counts_text')} />
  const there = at === c.location
  const scanned = (code: string) => {
    const { raw } = read(code)
    if (raw.toUpperCase() === c.location.toUpperCase()) {
      setAt(c.location)
      return give('right', c.location)
    }
    if (!there) return give('wrong', say('ui.floor.wrong_bin', { bin: raw, want: c.location }))
    look(code, x => (x.sku === c.sku ? give('right', c.sku) : give('wrong', say('ui.floor.not_this', { sku: c.sku }))))
  }
  const close = (found: number) => {
    done(c)
    void book(
      { op: 'close-count', path: { id: c.id }, body: { found } },
      say('ui.floor.counted', { n: found, bin: c.location }),
      () => back(c),
    )
  }
  return (
    <div className={css.page}>
      <ScanPrompt key={`${c.id} ${at}`} text={say(there ? 'ui.floor.count_now' : 'ui.floor.go_to')} onScan={scanned} />
      <BinCode code={c.location} zone={c.zone} quiet={there} />
      <GoodsCard title={c.title} sku={c.sku} lot={c.lot} now={there} />
      {there ? (
        <Keypad key={c.id} onEnter={close} />
      ) : (
        <div className={css.foot}>
          <p className={css.hint}>{say('ui.floor.counts_left', { n: list.length })}</p>
          <Button big disabled={list.length < 2} onClick={skip}>
            {say('ui.floor.later')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** The counts that wait at this warehouse, by bin; kept on the device, and read again when the server has heard all. */
function useCounts() {
  const node = useStore(warehouse)
  const { queued } = useStore(box.standing)
  const [list, setList] = useState<Place[] | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const key = `counts:${node}`
  const set = (next: Place[]) => {
    setList(next)
    void box.keepTask(key, next)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: when everything was sent, the server's list counts
  useEffect(() => {
    let gone = false
    void (async () => {
      const kept = await box.task<Place[]>(key)
      if (kept && !gone) setList(was => was ?? kept)
      if (!(await box.empty())) return
      try {
        const { counts } = await call('list-counts', { query: { node, limit: 500 } })
        const next = counts.sort((a, b) => a.location.localeCompare(b.location))
        if (!gone && (await box.empty())) set(next)
      } catch (e) {
        if (!gone && !(e instanceof ApiError && e.offline && kept)) setError(e as Error)
      }
    })()
    return () => {
      gone = true
    }
  }, [node, queued])
  return {
    list,
    error,
    done: (c: Place) => set((list ?? []).filter(x => x.id !== c.id)),
    back: (c: Place) => set([c, ...(list ?? []).filter(x => x.id !== c.id)]),
    skip: () => set([...(list ?? []).slice(1), ...(list ?? []).slice(0, 1)]),
  }
}
