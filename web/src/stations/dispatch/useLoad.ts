import { useEffect, useRef, useState } from 'react'
import type { Manifest } from '../../api/types.gen.ts'
import { ApiError, call, newKey } from '../../shared/api.ts'
import { calm, give } from '../../shared/feedback.ts'
import { queries, useGet } from '../../shared/query.ts'
import { keptStore, useStore } from '../../shared/store.ts'
import { say } from '../../shared/words.ts'
import { empty, judge, type Load, type Waiting } from './load.ts'

// A reload must not lose what stands in the van.
const kept = keptStore<Load>('packhorse.load', empty)

export interface Loading {
  load: Load
  lanes: { carrier: string; parcels: number; since: string }[] | undefined
  /** The scan before, or what was wrong with it. */
  last: { text: string; wrong: boolean }
  /** The van is about to be closed: the effect is read, then it is said again. */
  closing: boolean
  busy: boolean
  /** What the last hand-over came to. */
  done: Manifest | null
  error: ApiError | null
  take(code: string): void
  close(): void
  back(): void
}

export function useLoad(node: string): Loading {
  const all = useStore(kept)
  const load = all.node === node ? all : { ...empty, node }
  const [last, setLast] = useState({ text: '', wrong: false })
  const [closing, setClosing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState<Manifest | null>(null)
  const { data, error } = useGet(
    'get-dock',
    { query: { node } },
    { enabled: !!node, follows: ['ship', 'pack', 'order'] },
  )
  const known = useKnown(node, data?.lanes.map(l => `${l.carrier} ${l.parcels}`).join(',') ?? '')

  const wrong = (text: string) => {
    setLast({ text, wrong: true })
    give('wrong', text)
  }
  const place = (code: string, again: boolean) => {
    const v = judge(kept.get().node === node ? kept.get() : { ...empty, node }, known.current, code)
    if (v.result === 'right') {
      kept.set(v.load)
      setLast({ text: v.parcel.waybill, wrong: false })
      setDone(null)
      give('right', String(v.load.waybills.length))
    } else if (v.result === 'again') {
      setLast({ text: say('ui.dispatch.again', { waybill: v.parcel.waybill }), wrong: false })
      give('right', String(kept.get().waybills.length))
    } else if (v.result === 'other') wrong(say('ui.dispatch.other', { carrier: v.parcel.carrier }))
    else if (v.result === 'unknown' && again) void learn(node, known.current).then(() => place(code, false))
    else void why(code).then(wrong)
  }
  const close = () => {
    if (load.waybills.length === 0 || busy) return
    if (!closing) return setClosing(true)
    setBusy(true)
    call('hand-over', { body: { waybills: load.waybills, node }, key: newKey() })
      .then(m => {
        kept.set(empty)
        setDone(m)
        if (m.refused.length) give('wrong', say('ui.dispatch.refused', { n: m.refused.length }))
        else give('done', say('ui.dispatch.handed', { n: m.handed.length }))
        void queries.invalidateQueries()
      })
      .catch((e: unknown) => {
        if (!(e instanceof ApiError)) throw e
        wrong(e.message)
      })
      .finally(() => {
        setBusy(false)
        setClosing(false)
      })
  }
  const take = (code: string) => {
    if (code.toUpperCase() === 'PH-CLOSE') close()
    else if (closing) wrong(say('ui.dispatch.first'))
    else place(code.trim(), true)
  }
  const back = () => {
    if (closing) return setClosing(false)
    const waybills = load.waybills.slice(0, -1)
    kept.set(waybills.length ? { ...load, waybills } : empty)
    setLast({
      text: load.waybills.length ? say('ui.dispatch.taken_out', { waybill: load.waybills.at(-1) }) : '',
      wrong: false,
    })
    calm()
  }
  return { load, lanes: data?.lanes, last, closing, busy, done, error, take, close, back }
}

/** The parcels that wait at this dock, so that scans are judged here. Read again when their number changes. */
function useKnown(node: string, changed: string) {
  const known = useRef(new Map<string, Waiting>())
  useEffect(() => {
    known.current = new Map()
    if (node && changed) void learn(node, known.current).catch(() => {})
  }, [node, changed])
  return known
}

const window = 500

async function learn(node: string, into: Map<string, Waiting>) {
  const { lanes } = await call('get-dock', { query: { node } })
  for (const { carrier } of lanes) {
    let cursor = ''
    do {
      const page = await call('list-dock-parcels', { query: { node, carrier, limit: window, cursor } })
      for (const p of page.parcels) into.set(p.waybill.toUpperCase(), { ...p, carrier })
      cursor = page.next_cursor ?? ''
    } while (cursor)
  }
}

/** Why a parcel must not go, in the words of the server. */
async function why(code: string): Promise<string> {
  try {
    const look = await call('look-at-parcel', { body: { event_id: newKey(), code } })
    if (look.stops[0]) return look.stops[0].text
    if (look.waybill && look.waybill.toUpperCase() !== code.toUpperCase()) return say('ui.dispatch.old_label')
    return say('ui.dispatch.not_waiting', { status: look.status })
  } catch (e) {
    if (e instanceof ApiError) return e.message
    throw e
  }
}
