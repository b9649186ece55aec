// One catalogue for server and screens: internal/words/locales. A sentence is rendered here as internal/words/slot.go renders it.

export type Language = 'en' | 'zh-CN'
export type Params = Record<string, unknown>
type Catalogue = Record<string, string>

export const languages: Language[] = ['zh-CN', 'en']

let catalogue: Catalogue = {}
let current: Language = 'en'
const learned: Record<Language, Catalogue> = { en: {}, 'zh-CN': {} }

/** Takes a catalogue in use. */
export function use(language: Language, words: Catalogue) {
  current = language
  catalogue = { ...learned[language], ...words }
}

/** Adds the words that a file brings with it, English and Chinese: the build writes the call into each file (scripts/catalogue.ts). */
export function learn([en, zh]: [Catalogue, Catalogue]) {
  Object.assign(learned.en, en)
  Object.assign(learned['zh-CN'], zh)
  Object.assign(catalogue, current === 'en' ? en : zh)
}

/** The language of the screen. */
export const language = () => current

/** Whether a code has words. */
export const has = (code: string) => code in catalogue

/** The sentence for a code. A code without words is shown as it is: ugly, but nothing is hidden. */
export function say(code: string, params: Params = {}): string {
  const text = catalogue[code]
  return text === undefined ? bare(code, params) : fill(text, params, 0)
}

/** What people call a value of an area: name('order.review', 'held'). */
export const name = (area: string, value: string | undefined) =>
  value ? (has(`${area}.${value}`) ? say(`${area}.${value}`) : value) : ''

/** With a capital, where a name that stands in sentences stands alone. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const slot = /\{(\w+)(\?)?(?:(:)([\w.]*))?(?:\|([^|{}]*)\|([^|{}]*))?\}/g
const deepest = 3

function fill(text: string, params: Params, depth: number): string {
  if (!text.includes('{')) return text
  let empty = false
  const out = text.replace(slot, (whole, key: string, maybe, colon, area: string, one = '', many = '') => {
    const said = part(whole, { key, maybe, colon, area, one, many }, params, depth)
    empty ||= said === ''
    return said
  })
  return empty ? out.replaceAll('  ', ' ').trimEnd() : out
}

interface Slot {
  key: string
  maybe?: string
  colon?: string
  area?: string
  one: string
  many: string
}

function part(whole: string, s: Slot, params: Params, depth: number): string {
  const known = s.key in params
  const value = params[s.key]
  if (!known && s.maybe) return ''
  if (!known && depth > 0) return '…'
  if (s.one || s.many) return Number(value) === 1 && value !== '' && value !== null ? s.one : s.many
  if (!known) return whole
  return s.colon ? named(s.area ?? '', value, params, depth) : plain(value)
}

function named(area: string, value: unknown, params: Params, depth: number): string {
  if (Array.isArray(value)) return list(value.map(v => named(area, v, params, depth)))
  if (value && typeof value === 'object') {
    const inside = value as { code?: string; params?: Params }
    return inner(inside.code ?? '', inside.params ?? {}, depth)
  }
  const text = String(value ?? '')
  const own = (params.params as Params | undefined) ?? params
  if (area) {
    for (const code of [`${area}.${text}`, `${area}.${text.slice(text.lastIndexOf('.') + 1)}`]) {
      if (has(code)) return inner(code, own, depth)
    }
  }
  return has(text) ? inner(text, own, depth) : plain(value)
}

function inner(code: string, params: Params, depth: number): string {
  const text = catalogue[code]
  return text === undefined || depth === deepest ? code : fill(text, params, depth + 1)
}

const list = (parts: string[]) => parts.join(current === 'zh-CN' ? '、' : ', ')

function plain(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return list(value.map(plain))
  return String(value)
}

function bare(code: string, params: Params): string {
  const keys = Object.keys(params).sort()
  return keys.length ? `${code} (${keys.map(k => `${k}=${plain(params[k])}`).join(', ')})` : code
}
