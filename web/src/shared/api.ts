import { type Operations, operations, type Problem } from '../api/types.gen.ts'
import { language, say } from './words.ts'

/** An operation that the server has, by its id in the OpenAPI document. */
export type Op = keyof Operations
export type Out<K extends Op> = Operations[K]['out']
export type Query<K extends Op> = Operations[K]['query']
export type Path<K extends Op> = Operations[K]['path']
export type Body<K extends Op> = Operations[K]['body']

/** What a call is made with. */
export interface Input<K extends Op> {
  path?: Path<K>
  query?: Query<K>
  body?: Body<K>
  /** The name of this request. A repeat under the same name is done once; without one a fresh name is made for every POST. */
  key?: string
  signal?: AbortSignal
}

/** An answer that is no success, or none at all (code ui.offline). message is a sentence for people. */
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
  /** Nothing was answered: whether it was done is not known, and a repeat under the same key is safe. */
  get offline() {
    return this.problem.code === 'ui.offline'
  }
  /** Worth repeating as it is. */
  get passing() {
    return this.offline || this.problem.status >= 500 || this.problem.status === 429
  }
}

let csrf = ''
/** Where 401 says that a password is wrong, and nothing of the session. */
const asksPassword = new Set<Op>(['begin-session', 'change-password'])
let lost: () => void = () => {}

/** Takes the token that must come with whatever changes something, and what to do when the session is over. */
export function credentials(token: string, onLost?: () => void) {
  csrf = token
  if (onLost) lost = onLost
}

/** A name for a request that nobody else gives. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('')
}

/** Calls an operation and gives its answer. Throws ApiError. */
export async function call<K extends Op>(op: K, input: Input<K> = {}): Promise<Out<K>> {
  const [method = 'GET', path = ''] = operations[op].split(' ')
  const response = await send(method, address(path, input.path, input.query), input)
  if (response.ok) return (await content(response)) as Out<K>
  const problem = await problemOf(response)
  if (response.status === 401 && !asksPassword.has(op)) {
    lost()
    problem.detail = say('ui.session_was_over')
  }
  throw new ApiError(problem)
}

/** The address of an operation that reads, for links and downloads. */
export function hrefOf<K extends Op>(op: K, input: Input<K> = {}) {
  return address(operations[op].split(' ')[1] ?? '', input.path, input.query)
}

async function send(method: string, url: string, input: Input<Op>): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': language() }
  const body = input.body as unknown
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  if (method === 'POST') headers['Idempotency-Key'] = input.key ?? newKey()
  if (body !== undefined && !(body instanceof Blob)) headers['Content-Type'] = 'application/json'
  else if (method !== 'GET' && body === undefined) headers['Content-Type'] = 'application/json'
  try {
    return await fetch(url, {
      method,
      headers,
      credentials: 'same-origin',
      signal: input.signal,
      body: method === 'GET' ? undefined : body instanceof Blob ? body : JSON.stringify(body ?? {}),
    })
  } catch (error) {
    if (input.signal?.aborted) throw error
    throw new ApiError(unanswered())
  }
}

function address(path: string, values: object = {}, query: object = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((values as Record<string, unknown>)[name])),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
    }
  }
  return search.size ? `${filled}?${search}` : filled
}

function content(response: Response): Promise<unknown> {
  return response.headers.get('Content-Type')?.includes('json') ? response.json() : response.blob()
}

async function problemOf(response: Response): Promise<Problem> {
  const request_id = response.headers.get('X-Request-Id') ?? undefined
  if (response.headers.get('Content-Type')?.includes('json')) {
    try {
      return { request_id, ...((await response.json()) as Problem) }
    } catch {
      // cut off on its way: what follows says so
    }
  }
  return {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    code: 'ui.strange_answer',
    detail: say('ui.strange_answer', { status: response.status }),
    request_id,
  }
}

const unanswered = (): Problem => ({
  type: 'about:blank',
  title: '',
  status: 0,
  code: 'ui.offline',
  detail: say('ui.offline'),
})
