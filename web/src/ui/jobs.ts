import { ApiError } from '../shared/api.ts'
import { store } from '../shared/store.ts'

/** Work over many things that goes on beside the page. */
export interface Job {
  id: number
  title: string
  done: number
  failed: number
  of: number
  began: number
  state: 'running' | 'done' | 'cancelled'
  /** Where to look at what came of it. */
  result?: { text: string; act(): void }
}

export const jobs = store<Job[]>([])

let count = 0
const together = 4 // requests at a time: a person's work must not crowd out the warehouse's
const stopped = new Set<number>()

/** What became of each thing, by its key. Those that are in failures were refused; the others were done. */
export interface Outcome {
  done: string[]
  failures: Map<string, ApiError>
}

/** Makes a job that tells its own progress. */
export function beginJob(title: string, of: number) {
  const id = ++count
  jobs.set(list =>
    [{ id, title, done: 0, failed: 0, of, began: Date.now(), state: 'running' as const }, ...list].slice(0, 20),
  )
  const change = (part: Partial<Job>) => jobs.set(list => list.map(j => (j.id === id ? { ...j, ...part } : j)))
  return { id, change, cancelled: () => stopped.has(id) }
}

export function cancelJob(id: number) {
  stopped.add(id)
  jobs.set(list => list.map(j => (j.id === id ? { ...j, state: 'cancelled' } : j)))
}

export const clearJobs = () => jobs.set(list => list.filter(j => j.state === 'running'))

/** Does one thing to each of many, a few at a time. A refusal of one never stops the others. */
export async function runBulk<T>(
  title: string,
  items: T[],
  keyOf: (item: T) => string,
  each: (item: T) => Promise<unknown>,
): Promise<Outcome> {
  const job = beginJob(title, items.length)
  const out: Outcome = { done: [], failures: new Map() }
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined && !job.cancelled(); item = waiting.shift()) {
      try {
        await each(item)
        out.done.push(keyOf(item))
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        out.failures.set(keyOf(item), error)
      }
      job.change({ done: out.done.length, failed: out.failures.size })
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  if (!job.cancelled()) job.change({ state: 'done' })
  return out
}
