import type { Node, NodeInput } from '../../api/types.gen.ts'

/** The fields of a warehouse as they are typed. */
export interface NodeForm {
  name: string
  timezone: string
  country: string
  province: string
  city: string
  district: string
  address: string
  lat: string
  lng: string
  capacity_orders_day: string
  handling_cost: string
  priority: string
  cutoffs: string
}

const numbers = ['lat', 'lng', 'capacity_orders_day', 'priority']

/** A warehouse as it is shown for editing; a new one is empty. */
export function nodeForm(n?: Node): NodeForm {
  const text = (v: string | number | undefined) => String(v ?? '')
  return {
    name: text(n?.name),
    timezone: text(n?.timezone),
    country: text(n?.country),
    province: text(n?.province),
    city: text(n?.city),
    district: text(n?.district),
    address: text(n?.address),
    lat: text(n?.lat),
    lng: text(n?.lng),
    capacity_orders_day: text(n?.capacity_orders_day),
    handling_cost: text(n?.handling_cost),
    priority: text(n?.priority),
    cutoffs: text(n?.cutoffs),
  }
}

/** What somebody changed, as the API takes it. Half a place on earth is none: latitude and longitude go together. */
export function changed(from: NodeForm, to: NodeForm): NodeInput {
  const out: Record<string, string | number> = {}
  const names = Object.keys(to) as (keyof NodeForm)[]
  const moved = from.lat !== to.lat || from.lng !== to.lng
  for (const name of names) {
    const different = from[name] !== to[name] || (moved && (name === 'lat' || name === 'lng'))
    if (different) out[name] = numbers.includes(name) ? Number(to[name]) || 0 : to[name]
  }
  return out as NodeInput
}

/** One visit of a carrier: SF at 16:00. */
export interface Cutoff {
  carrier: string
  time: string
}

/** Reads SF=16:00;ZTO=18:30. */
export const readCutoffs = (text: string): Cutoff[] =>
  text
    .split(';')
    .filter(Boolean)
    .map(part => {
      const [carrier = '', time = ''] = part.split('=')
      return { carrier, time }
    })

/** Writes what readCutoffs reads; a row without a carrier and a time is not there yet. */
export const writeCutoffs = (list: Cutoff[]) =>
  list
    .map(c => ({ carrier: c.carrier.trim(), time: c.time.trim() }))
    .filter(c => c.carrier || c.time)
    .map(c => `${c.carrier}=${c.time}`)
    .join(';')
