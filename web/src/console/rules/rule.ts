import type { Rule, RuleInput } from '../../api/types.gen.ts'
import { has, say } from '../../shared/words.ts'

/** The reason of a rule whose sentence the shop wrote itself. */
export const ownReason = 'review.custom'

/** What is edited of a rule, as texts. */
export interface Draft {
  code: string
  name: string
  priority: string
  action: string
  expr: string
  reason: string
  text: string
  enabled: boolean
}

/** What people call a rule: those that came with the program have a code for a name. */
export const called = (r: { name: string }) => (has(r.name) ? say(r.name) : r.name)

/** The sentence of an own reason. It is stored as an expression; what is no plain text is shown as the expression it is. */
export function sentenceOf(params: Record<string, string> | undefined): string {
  const text = params?.text ?? ''
  const plain = /^(["'])((?:(?!\1|\\).)*)\1$/.exec(text)
  return plain ? (plain[2] ?? '') : text
}

/** A sentence as an expression: a text, unless it is one already. */
export function expressionOf(sentence: string): string {
  const calls = /\b(string|money|size)\(|" *\+|\+ *"/.test(sentence)
  return calls ? sentence : JSON.stringify(sentence)
}

export const draftOf = (r: Partial<Rule>): Draft => ({
  code: r.id ?? '',
  name: r.name ? called({ name: r.name }) : '',
  priority: String(r.priority ?? 50),
  action: r.action ?? 'hold',
  expr: r.expr ?? '',
  reason: r.reason ?? ownReason,
  text: r.reason === ownReason ? sentenceOf(r.params) : '',
  enabled: r.enabled ?? true,
})

/** A draft as the server takes it. A name or sentence that nobody changed stays what it was. */
export function inputOf(d: Draft, was: Partial<Rule>): RuleInput {
  const own = d.reason === ownReason
  return {
    name: was.name && d.name === called({ name: was.name }) ? was.name : d.name.trim(),
    priority: Number(d.priority) || 0,
    action: d.action as RuleInput['action'],
    expr: d.expr,
    reason: d.reason,
    params: own && d.text !== sentenceOf(was.params) ? { text: expressionOf(d.text) } : (was.params ?? {}),
    enabled: d.enabled,
  }
}

/** A rule as it stands, to be saved again. */
export const asInput = (r: Rule): RuleInput => ({
  name: r.name,
  priority: r.priority,
  action: r.action as RuleInput['action'],
  expr: r.expr,
  reason: r.reason,
  params: r.params ?? {},
  enabled: r.enabled,
})

/** A text with something put at a place in it, and where the cursor stands then. */
export function insert(text: string, from: number, to: number, what: string): { text: string; at: number } {
  const before = text.slice(0, from)
  const gap = before && !/[\s([!]$/.test(before) ? ' ' : ''
  return { text: before + gap + what + text.slice(to), at: from + gap.length + what.length }
}
