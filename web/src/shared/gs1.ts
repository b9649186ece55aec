// What a bar code of goods says, as internal/gs1 reads it: a plain code is its text, an element string is taken apart. It is read
// here so that a handheld can judge a scan without a network; the server reads every code again.

/** A code as it was read. gtin, lot and count only where an element string says them. */
export interface Read {
  raw: string
  gtin?: string
  lot?: string
  count?: number
}

const separator = '\u001d'
const aim = /^\](?:C1|d2|Q3|e0|E\d|C0|d1|Q1|A\d)/
const fixed: Record<string, number> = {
  '00': 18,
  '01': 14,
  '02': 14,
  '11': 6,
  '12': 6,
  '13': 6,
  '15': 6,
  '17': 6,
  '20': 2,
}
const open = ['10', '21', '30', '37', '240', '241', '400']

/** Reads what a scanner sent. A code that is no whole element string is its text. */
export function read(text: string): Read {
  const symbology = aim.exec(text)?.[0] ?? ''
  const raw = text.slice(symbology.length).trim()
  const said = /C1|d2|Q3|e0/.test(symbology) || raw.includes(separator) || /^0[12]\d{14}/.test(raw)
  return { raw, ...(said && elements(raw)) }
}

function elements(raw: string): Omit<Read, 'raw'> | undefined {
  const out: Omit<Read, 'raw'> = {}
  for (let rest = unmarked(raw); rest; ) {
    const ai = Object.keys(fixed).find(k => rest.startsWith(k)) ?? open.find(k => rest.startsWith(k))
    if (!ai) return undefined
    const length = fixed[ai]
    const end = rest.indexOf(separator)
    const value = length ? rest.slice(ai.length, ai.length + length) : rest.slice(ai.length, end < 0 ? undefined : end)
    if (length && value.length < length) return undefined
    rest = unmarked(rest.slice(ai.length + value.length))
    if (ai === '01' || ai === '02') {
      if (!closes(value)) return undefined
      out.gtin = value
    } else if (ai === '10') out.lot = value
    else if (ai === '30' || ai === '37') out.count = Number(value) || undefined
  }
  return out
}

const unmarked = (text: string) => (text.startsWith(separator) ? text.slice(1) : text)

/** Whether the last digit is the check digit of the others: modulo 10, weights 3 and 1 from the right. */
function closes(code: string): boolean {
  if (!/^\d+$/.test(code)) return false
  const sum = [...code].reduceRight((s, d, i) => s + Number(d) * ((code.length - 1 - i) % 2 ? 3 : 1), 0)
  return sum % 10 === 0
}

/** The form in which codes are compared: a trade item number has fourteen digits, however it is written. */
export const comparable = (code: string) => (/^(\d{8}|\d{12,14})$/.test(code) ? code.padStart(14, '0') : code)
