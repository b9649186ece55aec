import type { Policy } from '../../api/types.gen.ts'

/** The kinds that customers can ask for, in the order of the policy. */
export const kinds = ['return', 'exchange', 'reship', 'refund'] as const

/** A return policy as it is typed. Empty days: at any time. */
export interface ReturnForm {
  windows: Record<string, string>
  kinds: string[]
  limit: string
  refund: string
  send_within: string
  phone: string
}

/** How many digits a currency has behind its point: 2 of CNY, 0 of JPY. */
export const digits = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** A policy as it is shown for editing; amounts in units of the currency. */
export function returnForm(p: Policy, currency: string): ReturnForm {
  const amount = (minor: number) => (minor / 10 ** digits(currency)).toFixed(digits(currency))
  return {
    windows: Object.fromEntries(kinds.map(k => [k, p.windows[k] === undefined ? '' : String(p.windows[k])])),
    kinds: p.kinds.filter(k => (kinds as readonly string[]).includes(k)),
    limit: amount(p.limit),
    refund: amount(p.refund),
    send_within: String(p.send_within),
    phone: p.phone,
  }
}

/** What returnForm shows, as the API takes it. What the form does not show stays as it was. */
export function returnPolicy(f: ReturnForm, was: Policy, currency: string): Policy {
  const minor = (text: string) => Math.round((Number(text.trim()) || 0) * 10 ** digits(currency))
  const own = (k: string) => (kinds as readonly string[]).includes(k)
  return {
    windows: {
      ...Object.fromEntries(Object.entries(was.windows).filter(([k]) => !own(k))),
      ...Object.fromEntries(
        Object.entries(f.windows)
          .filter(([, days]) => days.trim() !== '')
          .map(([k, days]) => [k, Math.round(Number(days)) || 0]),
      ),
    },
    kinds: [...f.kinds, ...was.kinds.filter(k => !own(k))],
    limit: minor(f.limit),
    refund: minor(f.refund),
    send_within: Math.round(Number(f.send_within)) || 0,
    phone: f.phone.trim(),
  }
}
