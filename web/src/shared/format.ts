import { now, zoneOf } from './clock.ts'
import { language } from './words.ts'

// Everything a person reads as a number, an amount or a moment goes through here: Intl only.

const kept = new Map<string, unknown>()

function keep<T>(key: string, make: () => T): T {
  const full = `${language()} ${key}`
  if (!kept.has(full)) kept.set(full, make())
  return kept.get(full) as T
}

/** 12480 → 12,480 */
export const number = (n: number, digits = 0) =>
  keep(`n${digits}`, () => new Intl.NumberFormat(language(), { maximumFractionDigits: digits })).format(n)

/** 0.625 → 62.5% */
export const percent = (n: number, digits = 0) =>
  keep(
    `p${digits}`,
    () => new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: digits }),
  ).format(n)

/** "129.00", CNY → ¥129.00. Decimal text keeps its digits. */
export function money(amount: string, currency: string): string {
  const digits = amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0
  const form = keep(
    `m${currency}${digits}`,
    () =>
      new Intl.NumberFormat(language(), {
        style: 'currency',
        currency,
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  )
  return form.format(amount as unknown as number)
}

/** The form of moments under a name, which stands for its options. */
const stamp = (form: string, zone: string | undefined, options: Intl.DateTimeFormatOptions) =>
  keep(`${form} ${zone}`, () => new Intl.DateTimeFormat(language(), { timeZone: zone, ...options }))

/** The moment in full, with its zone; of the viewer's zone where mine is said. */
export function moment(at: string | number, mine = false): string {
  const zone = (mine ? undefined : zoneOf()) ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const text = stamp('full', zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  }).format(new Date(at))
  return `${text} (${zone})`
}

/** A sentence of the server with its moments as people here read them: "2026-03-02 01:40 UTC" → "03/02, 09:40". */
export const here = (text: string) =>
  text.replace(/(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/g, (_, day, time) => short(`${day}T${time}:00Z`))

/** What a row has room for: the time today, else day and time. */
export function short(at: string | number): string {
  const date = new Date(at)
  const near = Math.abs(date.getTime() - now()) < 86_400_000
  if (near && day(date.getTime()) === day(now())) return clock(at)
  return stamp('short', zoneOf(), {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(date)
}

/** 14:03 */
export const clock = (at: string | number) =>
  stamp('clock', zoneOf(), { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(at))

/** The day in the zone of the warehouse, as 2026-03-02. */
export const day = (at: string | number) =>
  keep(`day${zoneOf()}`, () => new Intl.DateTimeFormat('sv-SE', { timeZone: zoneOf() })).format(new Date(at))

/** The day as a heading. */
export const dayName = (at: string | number) =>
  stamp('day', zoneOf(), { month: 'short', day: 'numeric', weekday: 'short' }).format(new Date(at))

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/** "3 h ago", "in 2 days": rounded, for the eye. */
export function ago(at: string | number): string {
  const away = new Date(at).getTime() - now()
  const form = keep('ago', () => new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'short' }))
  for (const [unit, size] of steps) {
    if (Math.abs(away) >= size) return form.format(Math.trunc(away / size), unit)
  }
  return form.format(0, 'minute')
}

/** Time left as h:mm, with a minus when it is over; days from 48 hours up. */
export function left(until: string | number): { text: string; tone: 'late' | 'soon' | 'fine' } {
  const away = new Date(until).getTime() - now()
  const minutes = Math.floor(Math.abs(away) / 60_000)
  const tone = away < 0 ? 'late' : away < 3_600_000 ? 'soon' : 'fine'
  const sign = away < 0 ? '−' : ''
  if (minutes >= 48 * 60) {
    const days = keep(
      'days',
      () => new Intl.NumberFormat(language(), { style: 'unit', unit: 'day', unitDisplay: 'short' }),
    )
    return { text: sign + days.format(Math.floor(minutes / 1440)), tone }
  }
  return { text: `${sign}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`, tone }
}

/** 1330 → 1.33 kg */
export const weight = (grams: number) => (grams < 1000 ? `${number(grams)} g` : `${number(grams / 1000, 2)} kg`)
