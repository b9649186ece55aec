import { useCallback, useEffect, useRef, useState } from 'react'
import type { Bench, BenchWork, StopTold } from '../../api/types.gen.ts'
import { ApiError, call, newKey } from '../../shared/api.ts'
import { calm, give } from '../../shared/feedback.ts'
import { onEvent } from '../../shared/sse.ts'
import { say } from '../../shared/words.ts'
import { toastError } from '../../ui/Toast.tsx'
import { command } from './commands.ts'
import { tableName } from './table.ts'
import { box, choices, cleared, grams, idle, item, lay, parcelsOf, type State, tote, weigh } from './work.ts'

/** What the bench does besides its state. */
export interface Doing {
  state: State
  /** Why the goods stand still. */
  stops: StopTold[]
  /** What was refused, in words, until the next scan. */
  problem: string
  /** A scan, a key or a line of the scale. */
  take(code: string): void
  leave(): void
  /** The label was scanned and everything is well: the next one. */
  next(): void
  stop(list: StopTold[]): void
}

/** The bench: takes scans, judges them here, and tells the server what is done. */
export function useBench(onCommand: (act: 'reprint' | { reason: number }) => void): Doing {
  const [state, setState] = useState<State>(idle)
  const [stops, setStops] = useState<StopTold[]>([])
  const [problem, setProblem] = useState('')
  // Scans come faster than drawings: what counts is what was decided last.
  const now = useRef(state)
  const go = useCallback((s: State) => {
    now.current = s
    setState(s)
  }, [])
  const wrong = (words: string) => {
    setProblem(words)
    give('wrong', words)
  }
  const stop = useCallback((list: StopTold[]) => {
    setStops(list)
    now.current = { ...now.current, stage: 'stopped' }
    setState(now.current)
    give('stop', list[0]?.text ?? say('ui.pack.stopped'))
  }, [])
  const next = useCallback(() => {
    go(cleared(now.current))
    setStops([])
    setProblem('')
  }, [go])

  const open = async (code: string) => {
    try {
      const bench = await call('open-bench', { query: { code } })
      const s = lay(bench)
      const held = s.stage === 'stopped' ? (s.at?.stops ?? []) : []
      if (s.at && s.stage === 'open') return wrong(notNow(s.at))
      setProblem('')
      go(s)
      if (held.length) stop(held)
      else give('right', s.at?.order_no ?? say('ui.pack.walk', { n: bench.bulk?.waiting ?? bench.work.length }))
    } catch (e) {
      if (!(e instanceof ApiError)) throw e
      wrong(e.message)
    }
  }

  const close = async (s: State) => {
    if (!s.at) return
    const id = s.at.id
    try {
      await call('pack', { path: { id }, body: { parcels: parcelsOf(s), scans: s.scans }, key: newKey() })
      give('done', say('ui.pack.closed'))
      go({ ...s, stage: 'label' })
    } catch (e) {
      if (!(e instanceof ApiError)) throw e
      if (e.problem.code.startsWith('stop.') || e.problem.code === 'order.on_hold') {
        stop([{ code: e.problem.code, text: e.message, at: '' }])
        return
      }
      // Without an answer it may have been closed all the same; else nothing was, and the goods are counted again.
      const again = e.passing
        ? await call('open-bench', { query: { code: id } }).then(
            b => lay({ ...b, bulk: s.bench?.bulk }),
            () => undefined,
          )
        : undefined
      if (again?.stage === 'label') return go(again)
      if (s.at.together) {
        await open(id) // another order of the parcel may have gone meanwhile
        return wrong(e.message)
      }
      go(e.passing ? { ...s, stage: 'box', parcels: [] } : { ...s, stage: 'items', got: {}, scans: [], parcels: [] })
      wrong(e.message)
    }
  }

  /** An item out of the tote of a walk of totals: the server says whose it is, because two tables may work off one tote. */
  const openItem = async (s: State, task: string, code: string) => {
    try {
      const bench = await call('open-item', {
        body: { event_id: newKey(), task, item: code, table: tableName() },
      })
      if (now.current !== s) return
      if (bench.work.length > 0) return scanItem(lay(bench), code)
      go(lay(bench))
      wrong(bench.bulk?.text ?? '')
    } catch (e) {
      if (!(e instanceof ApiError)) throw e
      wrong(e.message)
    }
  }

  /** Packs what is here: the others travel by themselves. */
  const without = async (s: State) => {
    const id = s.at?.id
    if (!id) return
    try {
      await call('pack-without', { path: { id }, body: {}, key: newKey() })
      await open(id)
    } catch (e) {
      toastError(e)
    }
  }

  const scanItem = (s: State, code: string) => {
    const other = tote(s, code)
    if (other) {
      setProblem('')
      give('right', other.order)
      return go(other.state)
    }
    const task = s.bench?.bulk?.task
    if (task && !s.at) return void openItem(s, task, code)
    const v = item(s, code)
    if (v.result === 'unknown') return wrong(say('ui.pack.not_here', { code }))
    if (v.result === 'wrong') return wrong(say('ui.pack.extra', { sku: v.sku }))
    setProblem('')
    give(v.result, v.sku)
    go(v.state)
  }

  const scanBox = (s: State, code: string) => {
    const to = box(s, code)
    if (!to) return wrong(say('ui.pack.no_carton', { code }))
    setProblem('')
    give('right', to.carton === 'own' ? say('ui.pack.own') : to.carton)
    go(to)
  }

  const scale = (s: State, g: number) => {
    const to = weigh(s, g)
    if (!to) return wrong(say('ui.pack.off'))
    setProblem('')
    if (to.stage !== 'closing') give('right', say('ui.pack.weighed'))
    else calm()
    go(to)
    if (to.stage === 'closing') void close(to)
  }

  const aside = async (s: State) => {
    const code = s.at?.id
    if (!code) return next()
    try {
      await call('look-at-parcel', { body: { event_id: newKey(), code } })
      const again = lay({ ...(await call('open-bench', { query: { code } })), bulk: s.bench?.bulk })
      calm()
      if (again.stage === 'items') go(again)
      else next()
    } catch (e) {
      toastError(e)
    }
  }

  const obey = (s: State, code: string): boolean => {
    const c = command(code)
    if (!c) return false
    if (c.act === 'leave' || c.act === 'next') s.stage === 'stopped' ? void aside(s) : leave()
    else if (c.act === 'reprint') onCommand('reprint')
    else if (c.act === 'reason') onCommand({ reason: c.no })
    else if (c.act === 'no_scale' && s.stage === 'weigh') scale(s, 0)
    else if (c.act === 'without' && s.stage === 'waiting') void without(s)
    else if (c.act === 'box' && s.stage === 'box') scanBox(s, choices(s)[c.no - 1] ?? '')
    else wrong(say('ui.pack.not_now'))
    return true
  }

  const take = (code: string) => {
    const s = now.current
    if (obey(s, code)) return
    if (s.stage === 'items') scanItem(s, code)
    else if (s.stage === 'box') scanBox(s, code)
    else if (s.stage === 'weigh') {
      const g = grams(code)
      if (g) scale(s, g)
      else wrong(say('ui.pack.no_weight', { code }))
    } else if (s.stage === 'stopped' && code.toLowerCase() === s.at?.id) void aside(s)
    else if (['open', 'stopped', 'waiting'].includes(s.stage)) void open(code)
  }

  const leave = () => {
    calm()
    next()
  }

  useStops(state, stop, id => void open(id))
  return { state, stops, problem, take, leave, next, stop }
}

function notNow(w: BenchWork) {
  return say('ui.pack.not_picked', { order: w.order_no, status: w.status })
}

/** Hears of a refund, a cancellation, another address or a hold while the goods are on the bench. */
function useStops(s: State, stop: (list: StopTold[]) => void, again: (id: string) => void) {
  const id = s.at?.id
  const order = s.at?.order
  const others = s.at?.together?.others.map(o => o.order).join(' ') ?? ''
  const working = ['waiting', 'items', 'box', 'weigh', 'label'].includes(s.stage)
  const fresh = useRef(again)
  fresh.current = again
  useEffect(() => {
    if (!id || !working) return
    return onEvent(e => {
      // Another order of the parcel drops out, or is picked at last: what is to be packed is another.
      if (e.order && others.includes(e.order) && s.stage !== 'label' && /^(order\.apart|pick\.picked)\./.test(e.kind))
        return fresh.current(id)
      if (e.order !== order) return
      if (!/^(order|review|flow|aftersales|refund|pack)\./.test(e.kind)) return
      void call('open-bench', { query: { code: id } }).then(
        (b: Bench) => {
          const held = b.work[0]?.stops ?? []
          if (held.length) stop(held)
        },
        () => {},
      )
    })
  }, [id, order, others, working, stop, s.stage])
}
