import { useEffect, useRef, useState } from 'react'
import type { ParcelLabel, StopTold } from '../../api/types.gen.ts'
import { ApiError, call, newKey } from '../../shared/api.ts'
import { give } from '../../shared/feedback.ts'
import { useGet } from '../../shared/query.ts'
import { keptStore, useStore } from '../../shared/store.ts'
import { say } from '../../shared/words.ts'
import { toastError } from '../../ui/Toast.tsx'
import { reasons } from './commands.ts'

/** The bench that this browser stands at: whose printer prints. Empty is the one that serves the whole warehouse. */
export const bench = keptStore<string>('packhorse.station', '')

/** How far a label is. */
export type LabelState =
  | 'asking'
  | 'refused'
  | 'no_printer'
  | 'queued'
  | 'sent'
  | 'uncertain'
  | 'printed'
  | 'failed'
  | 'done'

export interface Labels {
  list: { parcel: ParcelLabel; state: LabelState }[]
  loading: boolean
  /** Why no carrier could be asked. */
  refusal: string
  /** A reason is asked for before the label comes out again. */
  asksWhy: boolean
  scan(code: string): void
  reprint(): void
  because(no: number): void
}

/** The labels of a packed fulfilment: asks a carrier, has them printed, takes the scan of each. */
export function useLabels(id: string | undefined, done: () => void, stop: (list: StopTold[]) => void): Labels {
  const station = useStore(bench)
  const [bare, setBare] = useState(false) // no printer stands here
  const [refusal, setRefusal] = useState('')
  const [scanned, setScanned] = useState<ReadonlySet<string>>(new Set())
  const [asksWhy, setAsksWhy] = useState(false)
  const { data, refetch } = useGet(
    'get-labels',
    { path: { id: id ?? '' } },
    { enabled: !!id, follows: [id ?? '', 'ship', 'printing'], every: 1500 },
  )
  const asked = useRef('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each fulfilment; what changes later comes by the stream
  useEffect(() => {
    setScanned(new Set())
    setBare(false)
    setRefusal('')
    setAsksWhy(false)
    if (!id) asked.current = ''
    if (!id || asked.current === id) return
    asked.current = id
    void ask(id, station).then(
      printer => {
        setBare(!printer)
        void refetch()
      },
      (e: unknown) => {
        if (e instanceof ApiError) {
          setRefusal(e.message)
          give('wrong', e.message)
        }
        void refetch()
      },
    )
  }, [id])
  const mine = data?.parcels[0]?.fulfilment === id ? (data?.parcels ?? []) : []
  const list = mine.map(parcel => ({
    parcel,
    state: refusal && !parcel.shipment ? ('refused' as const) : stateOf(parcel, scanned, bare),
  }))

  const scan = (code: string) => {
    const found = mine.find(p => p.shipment?.waybill && p.shipment.waybill.toUpperCase() === code.toUpperCase())
    const waybill = found?.shipment?.waybill
    if (!found || !waybill) return give('wrong', say('ui.pack.other_label', { code }))
    const all = new Set(scanned).add(found.id)
    setScanned(all)
    const last = mine.every(p => all.has(p.id))
    give(last ? 'done' : 'right', waybill)
    void settle(found, waybill).then(stops => {
      if (stops.length) stop(stops)
      else if (last) done()
    }, toastError)
  }

  const open = () => mine.find(p => !scanned.has(p.id) && (p.print || p.shipment?.waybill))
  const reprint = () => {
    const p = open()
    if (!p) return
    if (!p.print) {
      window.open(`/v1/parcels/${p.id}/label.pdf`, '_blank', 'noopener')
      return
    }
    if (p.print.state === 'printed') return setAsksWhy(true)
    const again = p.print.state === 'failed' || p.print.state === 'cancelled' || p.print.uncertain
    if (again) void call('retry-print-job', { path: { id: p.print.id }, body: {} }).then(() => refetch(), toastError)
  }
  const because = (no: number) => {
    const job = open()?.print
    const why = reasons[no - 1]
    if (!asksWhy || !job || !why) return
    setAsksWhy(false)
    const body = { reason: say(`ui.pack.why.${why}`), ...(station && { station }) }
    void call('reprint', { path: { id: job.id }, body }).then(() => refetch(), toastError)
  }
  return { list, loading: !!id && mine.length === 0, refusal, asksWhy, scan, reprint, because }
}

/** Asks for waybills, unless they were taken before, and for paper. False where no printer stands here. */
async function ask(id: string, station: string): Promise<boolean> {
  let { parcels } = await call('get-labels', { path: { id } })
  const waits = (p: ParcelLabel) => !p.shipment || p.shipment.status === 'failed'
  if (parcels.some(waits)) {
    await call('label', { path: { id }, body: {} })
    parcels = (await call('get-labels', { path: { id } })).parcels
  }
  const { node } = await call('get-fulfilment', { path: { id } })
  const { printers } = await call('list-printers')
  if (!printers.some(p => p.enabled && p.node === node && (p.station ?? '') === station)) return false
  for (const p of parcels.filter(p => !p.print && p.shipment)) {
    await call('print-label', { path: { id: p.id }, body: station ? { station } : {} })
  }
  return true
}

/** The last look before the parcel leaves the bench: what was asked for in the meantime stops it here. */
async function settle(p: ParcelLabel, code: string): Promise<StopTold[]> {
  const look = await call('look-at-parcel', { body: { event_id: newKey(), code } })
  if (p.print?.uncertain) {
    await call('confirm-print-job', { path: { id: p.print.id }, body: {} }).catch(toastError)
  }
  return look.go ? [] : look.stops
}

function stateOf(p: ParcelLabel, scanned: ReadonlySet<string>, bare: boolean): LabelState {
  if (scanned.has(p.id)) return 'done'
  if (p.shipment?.status === 'failed') return 'refused'
  if (!p.shipment?.waybill) return 'asking'
  if (!p.print) return bare ? 'no_printer' : 'asking'
  if (p.print.uncertain) return 'uncertain'
  return p.print.state === 'cancelled' ? 'failed' : p.print.state
}
