// Starts the real program with its made-up company and gives the way in.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const limit = 90_000

/** Runs `packhorse demo` until the company has lived, and stays. Gives url, login, password, key, and stop. */
export async function demo({ binary, orders = 120, uiDir }) {
  const args = ['demo', '--seed', '1', '--orders', String(orders), '--lang', 'en', ...(uiDir ? ['--ui-dir', uiDir] : [])]
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const stop = () => new Promise(done => (child.once('exit', done), child.kill('SIGINT')))
  const found = {}
  const errors = []
  createInterface({ input: child.stderr }).on('line', line => {
    errors.push(line)
    if (/stays up/.test(line)) found.stays = true
  })
  createInterface({ input: child.stdout }).on('line', line => {
    found.url ??= /(http:\/\/[\d.:]+)\/docs/.exec(line)?.[1]
    found.key ??= /(phk_\w+)/.exec(line)?.[1]
    const login = /(\S+) \/ (\S{20,})/.exec(line)
    if (login) Object.assign(found, { login: login[1], password: login[2] })
  })
  const until = Date.now() + limit
  while (!(found.url && found.key && found.login && found.stays)) {
    if (Date.now() > until || child.exitCode !== null) {
      child.kill('SIGKILL')
      throw new Error(`the demo did not come up:\n${errors.join('\n')}`)
    }
    await new Promise(r => setTimeout(r, 200))
  }
  return { ...found, stop }
}

/** Asks the API with the key of the demo. */
export async function ask(server, path, init = {}) {
  const response = await fetch(server.url + path, { ...init, headers: { Authorization: `Bearer ${server.key}`, 'Content-Type': 'application/json', ...init.headers } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
