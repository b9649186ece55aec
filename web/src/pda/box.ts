import type { Problem, ScanAnswer } from '../api/types.gen.ts'
import { type Entry, Outbox } from '../shared/outbox.ts'

/** The outbox of this handheld. */
export const box = new Outbox('packhorse', undefined, refusal)

/** A scan that counted for nothing, or whose answer tells to stop: the person must read it. */
function refusal(e: Entry, answer: unknown): Problem | undefined {
  if (e.op !== 'scan') return undefined
  const { accepted, code, text, stops } = answer as ScanAnswer
  if (accepted && !stops?.length) return undefined
  const detail = stops?.length ? stops.join('\n') : text
  return { type: 'about:blank', title: '', status: 409, code, detail }
}
