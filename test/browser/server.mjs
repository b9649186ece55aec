// Starts the real program with its made-up company and gives the way in.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** Runs `packhorse serve` on a company that has nothing yet. Gives the same as demo. */
export async function fresh({ binary, uiDir }) {
  const dir = mkdtempSync(join(tmpdir(), 'packhorse-fresh-'))
  const child = spawn(binary, ['serve', '--data', dir, '--listen', '127.0.0.1:0', ...(uiDir ? ['--ui-dir', uiDir] : [])], { stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = () => rmSync(dir, { recursive: true, force: true })
  const stop = () => new Promise(done => (child.once('exit', () => done(gone())), child.kill('SIGINT')))
  const found = { login: 'admin' }
  for (const out of [child.stdout, child.stderr]) {
    createInterface({ input: out }).on('line', line => {
      found.url ??= /serves at (http:\/\/[\d.:]+)/.exec(line)?.[1]
      found.key ??= /(phk_\w+)/.exec(line)?.[1]
      found.password ??= /^ +password (\S+)/.exec(line)?.[1]
    })
  }
  for (const until = Date.now() + limit; !(found.url && found.key && found.password); await new Promise(r => setTimeout(r, 100))) {
    if (Date.now() > until || child.exitCode !== null) {
      child.kill('SIGKILL')
      gone()
      throw new Error('the server of an empty company did not come up')
    }
  }
  return { ...found, stop }
}

/** Asks the API with the key of the demo. */
export async function ask(server, path, init = {}) {
  const response = await fetch(server.url + path, { ...init, headers: { Authorization: `Bearer ${server.key}`, 'Content-Type': 'application/json', ...init.headers } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
