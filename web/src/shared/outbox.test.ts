import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from './api.ts'
import { type Entry, Outbox } from './outbox.ts'

let sent: Entry[]
let answer: (e: Entry) => void
let no = 0

beforeEach(() => {
  sent = []
  answer = () => {}
})

const box = (name = `box${++no}`) =>
  new Outbox(name, async e => {
    sent.push(e)
    answer(e)
  })

const refuse = (status: number, code: string) => {
  throw new ApiError({ type: '', title: '', status, code, detail: code })
}

const scan = (text: string) => ({ body: { text } as never })

describe('what was done on the device', () => {
  it('is sent in its order, each under its own name', async () => {
    const b = box()
    for (const text of ['a', 'b', 'c']) await b.add('scan', scan(text))
    await b.flush()
    await b.flush()
    expect(sent.map(e => (e.body as { text: string }).text)).toEqual(['a', 'b', 'c'])
    expect(new Set(sent.map(e => e.id)).size).toBe(3)
    expect(b.standing.get()).toMatchObject({ online: true, queued: 0, oldest: null })
  })

  it('waits without a network, survives a reload, and goes under the same name', async () => {
    answer = () => refuse(0, 'ui.offline')
    const b = box('kept')
    const first = await b.add('scan', scan('a'))
    await b.add('scan', scan('b'))
    await b.flush()
    expect(b.standing.get()).toMatchObject({ online: false, queued: 2 })
    sent = []
    answer = () => {}
    const again = box('kept')
    await again.flush()
    expect(sent.map(e => e.id)[0]).toBe(first)
    expect(sent).toHaveLength(2)
    expect(again.standing.get().queued).toBe(0)
  })

  it('is told to the person where the server refuses it, and the rest goes on', async () => {
    answer = e => {
      if ((e.body as { text: string }).text === 'b') refuse(409, 'pick.taken')
    }
    const b = box()
    for (const text of ['a', 'b', 'c']) await b.add('scan', scan(text))
    await b.flush()
    await b.flush()
    expect(sent).toHaveLength(3)
    const [conflict] = await b.conflicts()
    expect(conflict?.problem.code).toBe('pick.taken')
    await b.settle(conflict?.seq ?? 0)
    expect(b.standing.get().conflicts).toBe(0)
  })

  it('is kept while nobody is signed in', async () => {
    answer = () => refuse(401, 'access.session_over')
    const b = box()
    await b.add('scan', scan('a'))
    await b.flush()
    expect(b.standing.get().queued).toBe(1)
    expect(await b.conflicts()).toEqual([])
  })

  it('may be taken back while it is held on the device, and not after it was sent', async () => {
    const b = box()
    const act = (id: string, hold?: number) =>
      b.step([{ id, op: 'scan', body: { text: id }, hold }], { id: 'task', data: id })
    await act('a', 30_000)
    await b.flush()
    expect(sent).toHaveLength(0)
    expect(b.standing.get().queued).toBe(0)
    expect(await b.takeBack(['a'], { id: 'task', data: 'before' })).toBe(true)
    expect(await b.task('task')).toBe('before')
    await act('b', 30_000)
    await new Promise(r => setTimeout(r, 5)) // what is of one moment is one act
    await act('c', 500)
    await vi.waitFor(() => expect(sent.map(e => e.id)).toEqual(['b']))
    expect(await b.takeBack(['b'])).toBe(false)
    await vi.waitFor(() => expect(sent.map(e => e.id)).toEqual(['b', 'c']), 3_000)
  })

  it('is not taken back once it was tried: whether it arrived is not known', async () => {
    answer = () => refuse(0, 'ui.offline')
    const b = box()
    await b.step([{ id: 'a', op: 'scan', body: {}, hold: 1 }])
    await new Promise(r => setTimeout(r, 20))
    await b.flush()
    expect(await b.takeBack(['a'])).toBe(false)
  })

  it('is told to the person where the answer is no problem but says no', async () => {
    const b = new Outbox(
      `box${++no}`,
      async () => ({ accepted: false }),
      (e, out) =>
        (out as { accepted: boolean }).accepted
          ? undefined
          : { type: '', title: '', status: 409, code: 'no', detail: e.id },
    )
    await b.add('scan', scan('a'))
    await b.flush()
    await b.flush()
    expect(b.standing.get()).toMatchObject({ queued: 0, conflicts: 1 })
  })
})
