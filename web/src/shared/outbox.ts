import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Problem } from '../api/types.gen.ts'
import { ApiError, call, type Input, newKey, type Op } from './api.ts'
import { store } from './store.ts'

// What a handheld did and the server has not heard yet. Entries go one by one and in their order, each under its own id, which is
// the Idempotency-Key: whatever was done once is done once, however often it is sent.

/** One thing that was done on the device. */
export interface Entry {
  /** The order of what was done; given when it is put in. */
  seq: number
  /** Idempotency-Key of the request. */
  id: string
  /** By the clock of the device. */
  at: number
  op: Op
  path?: Record<string, string>
  body?: unknown
  /** It stays on the device so long, in milliseconds, unless something comes behind it: until then it may be taken back. */
  hold?: number
  /** It was sent once at least: what became of it is the server's to say. */
  tried?: boolean
}

/** What the server refused: it is told to the person, and is not sent again. */
export interface Conflict extends Entry {
  problem: Problem
}

/** For the header: whether the server answers, how much waits, and since when. What is only held back for a moment does not wait. */
export interface Standing {
  online: boolean
  queued: number
  oldest: number | null
  conflicts: number
}

interface Schema extends DBSchema {
  entries: { key: number; value: Entry }
  conflicts: { key: number; value: Conflict }
  tasks: { key: string; value: { id: string; at: number; data: unknown } }
}

/** Sends an entry; throws ApiError. */
export type Send = (e: Entry) => Promise<unknown>

/** What an answer says beside "done": a refusal that came with success, as a scan that counts for nothing. */
export type Judge = (e: Entry, answer: unknown) => Problem | undefined

const send: Send = e => call(e.op, { path: e.path, body: e.body, key: e.id } as Input<Op>)

/** What is put in: its order and moment are given here. */
export type Done = Omit<Entry, 'seq' | 'at' | 'tried'>

/** An entry under a name of its own, held back for so long, in milliseconds, that it may be taken back. */
export const newEntry = (what: Pick<Done, 'op' | 'path' | 'body'>, hold?: number): Done => ({
  id: newKey(),
  ...what,
  hold,
})

/** A task that is kept on the device. */
export interface Kept {
  id: string
  data: unknown
}

/** For how long the entries of the last act are still held back, when nothing came behind it. */
function restOf(first: Entry | undefined, last: Entry | undefined): number {
  if (!first?.hold || first.at !== last?.at) return 0
  return Math.min(first.at + first.hold - Date.now(), first.hold)
}

export class Outbox {
  readonly standing = store<Standing>({ online: true, queued: 0, oldest: null, conflicts: 0 })
  private db: Promise<IDBPDatabase<Schema>>
  private sending: Promise<void> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private pause = 1_000
  private more = false
  private send: Send
  private judge: Judge

  constructor(name = 'packhorse', deliver: Send = send, judge: Judge = () => undefined) {
    this.send = deliver
    this.judge = judge
    this.db = openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('entries', { keyPath: 'seq', autoIncrement: true })
        db.createObjectStore('conflicts', { keyPath: 'seq' })
        db.createObjectStore('tasks', { keyPath: 'id' })
      },
    })
  }

  /** Reads what waits and sends it, now and whenever the network comes back, and notices when it goes. Gives the function that ends that. */
  start(): () => void {
    const go = () => void this.flush()
    addEventListener('online', go)
    addEventListener('offline', go)
    go()
    return () => {
      removeEventListener('online', go)
      removeEventListener('offline', go)
      clearTimeout(this.timer)
    }
  }

  /** Keeps what was done and begins to send it. It is kept when the promise is fulfilled. */
  async add<K extends Op>(op: K, input: Pick<Input<K>, 'path' | 'body'>): Promise<string> {
    const entry = newEntry({ op, ...input } as Done)
    await this.step([entry])
    return entry.id
  }

  /** Keeps several things that were done in one act, and how their task stands after it: all of that or nothing. */
  async step(list: Done[], task?: Kept): Promise<void> {
    const tx = (await this.db).transaction(['entries', 'tasks'], 'readwrite')
    const at = Date.now()
    for (const e of list) void tx.objectStore('entries').add({ ...e, at } as Entry)
    if (task) void tx.objectStore('tasks').put({ ...task, at })
    await tx.done
    await this.count(this.standing.get().online)
    void this.flush()
  }

  /** Takes an act back, as long as nothing of it was sent, and keeps how its task stands without it. */
  async takeBack(ids: string[], task?: Kept): Promise<boolean> {
    const tx = (await this.db).transaction(['entries', 'tasks'], 'readwrite')
    const all = await tx.objectStore('entries').getAll()
    const mine = all.filter(e => ids.includes(e.id) && !e.tried)
    const here = mine.length === ids.length
    if (here) {
      for (const e of mine) void tx.objectStore('entries').delete(e.seq)
      if (task) void tx.objectStore('tasks').put({ ...task, at: Date.now() })
    }
    await tx.done
    await this.count(this.standing.get().online)
    return here
  }

  /** Sends what waits. Calls at the same time share one run, and whoever comes too late for it has another. */
  flush(): Promise<void> {
    this.more = this.sending !== null
    this.sending ??= this.run().finally(() => {
      this.sending = null
      if (this.more) void this.flush()
    })
    return this.sending
  }

  /** The entry that is to be sent now, marked so that nobody takes it back any more. One that is held back is looked at again later. */
  private async next(): Promise<Entry | undefined> {
    const tx = (await this.db).transaction('entries', 'readwrite')
    const first = (await tx.store.openCursor())?.value
    const rest = restOf(first, (await tx.store.openCursor(null, 'prev'))?.value)
    if (rest > 0) this.timer = setTimeout(() => void this.flush(), rest)
    else if (first?.hold && !first.tried && navigator.onLine) void tx.store.put({ ...first, tried: true })
    await tx.done
    return rest > 0 ? undefined : first
  }

  private async run() {
    clearTimeout(this.timer)
    const db = await this.db
    for (;;) {
      const entry = await this.next()
      if (!entry) break
      if (!navigator.onLine) {
        await this.count(false)
        this.again()
        return
      }
      try {
        const answer = await this.send(entry)
        const problem = this.judge(entry, answer)
        if (problem) await db.put('conflicts', { ...entry, problem })
      } catch (error) {
        if (!(error instanceof ApiError) || error.passing || error.problem.status === 401) {
          await this.count(!(error instanceof ApiError && error.offline))
          this.again()
          return
        }
        await db.put('conflicts', { ...entry, problem: error.problem })
      }
      await db.delete('entries', entry.seq)
      this.pause = 1_000
      await this.count(true)
    }
    await this.count(navigator.onLine)
  }

  private again() {
    this.more = false
    this.timer = setTimeout(() => void this.flush(), this.pause)
    this.pause = Math.min(this.pause * 2, 15_000)
  }

  private async count(online: boolean) {
    const db = await this.db
    const { store } = db.transaction('entries')
    const first = (await store.openCursor())?.value
    const held = online && restOf(first, (await store.openCursor(null, 'prev'))?.value) > 0
    this.standing.set({
      online,
      queued: held ? 0 : await db.count('entries'),
      oldest: held ? null : (first?.at ?? null),
      conflicts: await db.count('conflicts'),
    })
  }

  /** Whether everything that was done is with the server. */
  async empty(): Promise<boolean> {
    return (await (await this.db).count('entries')) === 0
  }

  /** What the server refused, oldest first. */
  async conflicts(): Promise<Conflict[]> {
    return (await this.db).getAll('conflicts')
  }

  /** The person has read it. */
  async settle(seq: number) {
    await (await this.db).delete('conflicts', seq)
    await this.count(this.standing.get().online)
  }

  /** Keeps the whole of a task, so that it can be worked on without a network. */
  async keepTask(id: string, data: unknown) {
    await (await this.db).put('tasks', { id, at: Date.now(), data })
  }

  async task<T>(id: string): Promise<T | undefined> {
    return (await (await this.db).get('tasks', id))?.data as T | undefined
  }

  /** The tasks that are kept, with when they were loaded. */
  async tasks(): Promise<{ id: string; at: number }[]> {
    return (await (await this.db).getAll('tasks')).map(({ id, at }) => ({ id, at }))
  }

  async dropTask(id: string) {
    await (await this.db).delete('tasks', id)
  }
}
