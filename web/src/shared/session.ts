import type { Me } from '../api/types.gen.ts'
import { ApiError, call, credentials } from './api.ts'
import { setClock } from './clock.ts'
import { keptStore, store, useStore } from './store.ts'

/** Who sits here: not known yet, nobody, or somebody. */
export type Session = 'asking' | 'nobody' | Me

export const session = store<Session>('asking')

/** The session has ended under somebody's hands: what they were at stays, out of sight, until they sign in again. */
export const over = store(false)

/** What a person may do. * is everything. */
export const may = (right: string | undefined): boolean => {
  const who = session.get()
  return (
    !right || (typeof who === 'object' && (who.scopes.includes('*' as never) || who.scopes.includes(right as never)))
  )
}

/** Who is signed in. Only below the sign-in, where there is somebody. */
export function useMe(): Me {
  const who = useStore(session)
  if (typeof who === 'string') throw new Error('nobody is signed in')
  return who
}

// Who was last here, on a device that must begin without a network.
const last = keptStore<Me | null>('packhorse.me', null)
let lasting = false

function begin(me: Me) {
  const was = session.get()
  if (over.get() && typeof was === 'object' && (was.name !== me.name || was.company !== me.company)) {
    location.reload() // nobody goes on with what somebody else was at
    return
  }
  credentials(me.csrf_token ?? '', lose)
  over.set(false)
  session.set(me)
  if (lasting) last.set(me)
}

/** The page forgets who sits here. */
export function leave() {
  over.set(false)
  session.set('nobody')
  last.set(null)
}

/** The server knows the session no more. A handheld keeps what was done itself, and begins at its door. */
function lose() {
  if (lasting || typeof session.get() !== 'object') leave()
  else over.set(true)
}

/** Asks whether the browser has a session. offline: a device that begins without a network goes on as who was last here. */
export async function resume(offline = false) {
  lasting = offline
  try {
    const me = await call('who-am-i')
    setClock(me.now)
    begin(me)
  } catch (error) {
    const me = last.get()
    if (!(error instanceof ApiError)) throw error
    if (error.problem.status === 401) leave()
    else if (offline && error.offline && me) begin(me)
    else throw error
  }
}

export async function signIn(login: string, password: string) {
  const me = await call('begin-session', { body: { login, password } })
  setClock(me.now)
  begin(me)
}

export async function signOut() {
  await call('sign-out')
  leave()
}

/** Sets the clock again: a demo's runs ahead. */
export async function refreshClock() {
  if (typeof session.get() === 'object') setClock((await call('who-am-i')).now)
}
