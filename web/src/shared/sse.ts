import { observed } from './clock.ts'
import { touch } from './query.ts'
import { store } from './store.ts'
import { language } from './words.ts'

// One stream for all tabs of a browser: the leader reads it and tells the others by a channel. A tab that leads no more, because
// it was closed or froze, is followed by another within seconds; that one goes on behind the last event that was told.

/** What came over the stream. */
export interface Told {
  id: string
  kind: string
  order?: string
  subject?: string
  at: string
}

/** live: events come. stale: none for ten seconds and nobody answers; since is the last sign of life. */
export interface Live {
  state: 'connecting' | 'live' | 'stale'
  since: number
}

export const live = store<Live>({ state: 'connecting', since: Date.now() })

const listeners = new Set<(e: Told) => void>()

/** Hears every event while it is followed. */
export function onEvent(hear: (e: Told) => void): () => void {
  listeners.add(hear)
  return () => listeners.delete(hear)
}

const leaderKey = 'packhorse.stream.leader'
const placeKey = 'packhorse.stream.place'
const turn = 2_000 // how often a leader says that it is there
const gone = 7_000 // a leader that said nothing for so long is no more
const silent = 25_000 // of the server, which gives a sign every fifteen seconds
const staleAfter = 10_000
const together = 80 // events of one act come within this time and are one refresh
const gather = 400 // and there is one refresh in this time

/** Follows the stream until the function that it gives is called. */
export function follow(): () => void {
  const me = Math.random().toString(36).slice(2)
  const channel = new BroadcastChannel('packhorse.stream')
  let stream: AbortController | null = null
  channel.onmessage = m => hear(m.data as Message)
  const tick = setInterval(() => {
    if (lead(me)) {
      stream ??= read(m => {
        channel.postMessage(m)
        hear(m)
      })
    } else {
      stream?.abort()
      stream = null
    }
    const { state, since } = live.get()
    if (state !== 'stale' && Date.now() - since > (state === 'live' ? silent : staleAfter))
      live.set({ state: 'stale', since })
  }, turn / 2)
  const resign = () => {
    stream?.abort()
    stream = null
    if (leader()?.id === me) localStorage.removeItem(leaderKey)
  }
  addEventListener('pagehide', resign)
  return () => {
    clearInterval(tick)
    removeEventListener('pagehide', resign)
    resign()
    channel.close()
  }
}

interface Leader {
  id: string
  at: number
}

function leader(): Leader | null {
  try {
    return JSON.parse(localStorage.getItem(leaderKey) ?? 'null') as Leader | null
  } catch {
    return null
  }
}

function lead(me: string): boolean {
  const now = Date.now()
  const held = leader()
  if (held && held.id !== me && now - held.at < gone) return false
  localStorage.setItem(leaderKey, JSON.stringify({ id: me, at: now }))
  return true
}

type Message = { alive: true } | { lost: true } | { event: Told }

let touched = new Set<string>()
let refresh: ReturnType<typeof setTimeout> | undefined
let refreshed = 0

function hear(m: Message) {
  if ('lost' in m) {
    const { state, since } = live.get()
    if (state === 'live') live.set({ state: 'connecting', since })
    return
  }
  live.set({ state: 'live', since: Date.now() })
  if (!('event' in m)) return
  const e = m.event
  observed(e.at)
  for (const f of listeners) f(e)
  touched.add(e.kind.split('.')[0] ?? '')
  if (e.order) touched.add(e.order)
  if (e.subject) touched.add(e.subject)
  if (refresh) return
  refresh = setTimeout(
    () => {
      const what = touched
      touched = new Set()
      refresh = undefined
      refreshed = Date.now()
      touch(what)
    },
    Math.max(together, refreshed + gather - Date.now()),
  )
}

/** Reads the stream, and connects again when it ends. */
function read(tell: (m: Message) => void): AbortController {
  const stop = new AbortController()
  void (async () => {
    for (let pause = 500; !stop.signal.aborted; pause = Math.min(pause * 2, 2_000)) {
      try {
        await once(stop.signal, m => {
          pause = 500
          tell(m)
        })
      } catch {
        // told below: the line is gone, whatever the reason
      }
      if (stop.signal.aborted) return
      tell({ lost: true })
      await new Promise(r => setTimeout(r, pause))
    }
  })()
  return stop
}

async function once(signal: AbortSignal, tell: (m: Message) => void) {
  const quiet = new AbortController()
  let alarm = setTimeout(() => quiet.abort(), silent)
  const headers: Record<string, string> = { Accept: 'text/event-stream', 'Accept-Language': language() }
  const place = sessionStorage.getItem(placeKey)
  if (place) headers['Last-Event-ID'] = place
  const response = await fetch('/v1/stream', { headers, signal: AbortSignal.any([signal, quiet.signal]) })
  if (response.status === 422) sessionStorage.removeItem(placeKey)
  if (!response.ok || !response.body) throw new Error(String(response.status))
  const parse = parser(tell)
  const text = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await text.read()
    clearTimeout(alarm)
    if (done) return
    alarm = setTimeout(() => quiet.abort(), silent)
    parse(value)
  }
}

/** Takes the stream in pieces as they come and tells whole events. */
export function parser(tell: (m: Message) => void, keep = (id: string) => sessionStorage.setItem(placeKey, id)) {
  let rest = ''
  return (piece: string) => {
    const blocks = (rest + piece).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields: Record<string, string> = {}
      for (const line of block.split('\n')) {
        const at = line.indexOf(':')
        if (at > 0) fields[line.slice(0, at)] = line.slice(at + 1).trimStart()
      }
      if (fields.data && fields.event !== 'end') {
        const event = JSON.parse(fields.data) as Omit<Told, 'id'>
        tell({ event: { ...event, id: fields.id ?? '' } })
      } else if (fields.event !== 'end') tell({ alive: true })
      if (fields.id) keep(fields.id)
    }
  }
}
