import type { DockParcel } from '../../api/types.gen.ts'

/** What was scanned into the van and not handed over yet. */
export interface Load {
  node: string
  /** Whose van it is: the carrier of the first parcel. */
  carrier: string
  waybills: string[]
}

export const empty: Load = { node: '', carrier: '', waybills: [] }

/** A parcel that waits at the dock, with its carrier. */
export type Waiting = DockParcel & { carrier: string }

export type Verdict =
  | { result: 'right'; load: Load; parcel: Waiting }
  | { result: 'again'; parcel: Waiting }
  | { result: 'other'; parcel: Waiting }
  | { result: 'held'; parcel: Waiting }
  | { result: 'unknown' }

/** Judges a waybill at the van: it must wait here, go with this carrier, and not be held. */
export function judge(load: Load, known: ReadonlyMap<string, Waiting>, code: string): Verdict {
  const parcel = known.get(code.toUpperCase())
  if (!parcel) return { result: 'unknown' }
  if (load.waybills.includes(parcel.waybill)) return { result: 'again', parcel }
  if (parcel.stopped) return { result: 'held', parcel }
  if (load.carrier && parcel.carrier !== load.carrier) return { result: 'other', parcel }
  return {
    result: 'right',
    parcel,
    load: { ...load, carrier: parcel.carrier, waybills: [...load.waybills, parcel.waybill] },
  }
}
