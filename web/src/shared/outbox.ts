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
}

/** What the server refused: it is told to the person, and is not sent again. */
export interface Conflict extends Entry {
  problem: Problem
}

/** For the header: whether the server answers, how much waits, and since when. */
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

const send: Send = e => call(e.op, { path: e.path, body: e.body, key: e.id } as Input<Op>)

export class Outbox {
  readonly standing = store<Standing>({ online: true, queued: 0, oldest: null, conflicts: 0 })
  private db: Promise<IDBPDatabase<Schema>>
  private sending: Promise<void> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private pause = 1_000
  private send: Send

  constructor(name = 'packhorse', deliver: Send = send) {
    this.send = deliver
    this.db = openDB<Schema>(name, 1, {
      upgrade(db) {
        db.createObjectStore('entries', { keyPath: 'seq', autoIncrement: true })
        db.createObjectStore('conflicts', { keyPath: 'seq' })
        db.createObjectStore('tasks', { keyPath: 'id' })
      },
    })
  }

  /** Reads what waits and sends it, now and whenever the network comes back. Gives the function that ends that. */
  start(): () => void {
    const go = () => void this.flush()
    addEventListener('online', go)
    go()
    return () => {
      removeEventListener('online', go)
      clearTimeout(this.timer)
    }
  }

  /** Keeps what was done and begins to send it. It is kept when the promise is fulfilled. */
  async add<K extends Op>(op: K, input: Pick<Input<K>, 'path' | 'body'>): Promise<string> {
    const entry = { id: newKey(), at: Date.now(), op, ...input } as Omit<Entry, 'seq'>
    await (await this.db).add('entries', entry as Entry)
    await this.count(this.standing.get().online)
    void this.flush()
    return entry.id
  }

  /** Sends what waits. Calls at the same time share one run. */
  flush(): Promise<void> {
    this.sending ??= this.run().finally(() => {
      this.sending = null
    })
    return this.sending
  }

  private async run() {
    clearTimeout(this.timer)
    const db = await this.db
    for (;;) {
      const cursor = await db.transaction('entries').store.openCursor()
      if (!cursor) break
      const entry = cursor.value
      try {
        await this.send(entry)
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
    this.timer = setTimeout(() => void this.flush(), this.pause)
    this.pause = Math.min(this.pause * 2, 15_000)
  }

  private async count(online: boolean) {
    const db = await this.db
    const first = await db.transaction('entries').store.openCursor()
    this.standing.set({
      online,
      queued: await db.count('entries'),
      oldest: first?.value.at ?? null,
      conflicts: await db.count('conflicts'),
    })
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
