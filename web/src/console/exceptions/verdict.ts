import type { Event, Rule } from '../../api/types.gen.ts'
import type { Params } from '../../shared/words.ts'

/** The decision record of a review, as its event keeps it. */
export interface Verdict {
  at: string
  ruleset: string
  fired: string[]
  passed: string[]
  reasons: { code: string; rule: string; version: number; params?: Params }[]
  inputs: Record<string, unknown>
}

interface Stored {
  ruleset?: string
  holds?: Verdict['reasons']
  rejects?: Verdict['reasons']
  fired?: string[]
  not_fired?: string[]
  inputs?: Record<string, unknown>
}

/** What the rules last said of an order; undefined when they have not looked at it. */
export function lastVerdict(events: Event[]): Verdict | undefined {
  const e = events.findLast(x => /^review\.(held|passed|rejected)\.v\d+$/.test(x.kind))
  const p = e?.params as Stored | undefined
  if (!e || !p?.ruleset) return undefined
  return {
    at: e.at,
    ruleset: p.ruleset,
    fired: p.fired ?? [],
    passed: p.not_fired ?? [],
    reasons: [...(p.holds ?? []), ...(p.rejects ?? [])],
    inputs: p.inputs ?? {},
  }
}

/** The facts that an expression names, with what they were: the evidence. What is absent was zero, empty or false. */
export function evidence(rule: Rule | undefined, inputs: Record<string, unknown>): [string, unknown][] {
  if (!rule) return []
  const named = new Set(rule.expr.match(/[a-z_]+(?:\.[a-z_]+)+/g))
  return Object.entries(flat(inputs)).filter(([path]) => named.has(path))
}

/** {order: {total: 1}} and {"order.total": 1} are told alike. */
function flat(inputs: Record<string, unknown>, before = ''): Record<string, unknown> {
  return Object.assign(
    {},
    ...Object.entries(inputs).map(([name, value]) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? flat(value as Record<string, unknown>, `${before}${name}.`)
        : { [before + name]: value },
    ),
  )
}
