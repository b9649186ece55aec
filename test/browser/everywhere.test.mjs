// What holds on every screen that there is: a scanner that stutters changes nothing, and whoever sees or hears little can use it
// filled and empty, while it loads, when it fails, without the right to it, and with each of its windows open.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { looked, post, signedIn } from './desk.mjs'
import { ask, fresh } from './server.mjs'

const read = path => readFileSync(new URL(`../../web/src/${path}`, import.meta.url), 'utf8')
const paths = [...read('console/screens.ts').matchAll(/path: '([^']+)'/g)].map(m => m[1])

/** Something to open on the screens of one thing. What the company has none of is left out. */
async function ids(server) {
  const first = async (path, list) => {
    const one = (await ask(server, path))[list]?.[0]
    return one?.id ?? one?.code
  }
  return {
    // One that waits for a person has the most that can be done with it.
    '/orders/:id': (await first('/v1/orders?review=held&limit=1', 'orders')) ?? (await first('/v1/orders?limit=1', 'orders')),
    '/waves/:id': await first('/v1/waves?limit=1', 'waves'),
    '/rules/:id': await first('/v1/rules', 'rules'),
    '/returns/:id': await first('/v1/returns?limit=1', 'cases'),
  }
}

/** The addresses of the screens: all, or those that are wanted. */
export async function screens(server, only) {
  const known = await ids(server)
  return paths
    .filter(p => !only || only.includes(p))
    .filter(p => !p.includes(':') || known[p])
    .map(p => p.replace(':id', known[p]))
}

const nameOf = path => path.slice(1).replace(/\/.*/, '-one')

/** Opens a screen. A machine that is busy takes its time; a screen that never comes is a fault all the same. */
async function shown(page, server, path) {
  await page.goto(server.url + path, { timeout: 120_000 })
  await page.locator('main').first().waitFor({ timeout: 120_000 })
  await page.waitForTimeout(500)
}

/** Goes through the screens to the end, and then says what was wrong on which. */
async function each(list, visit) {
  const wrong = []
  for (const path of list) await visit(path).catch(e => wrong.push(`${path}: ${e.message}`))
  assert.deepEqual(wrong, [])
}

/** In the page: one key, as a scanner or, with an input method on, as the browser tells it then. */
function stroke([key, code, ime]) {
  const composed = ime && key.length === 1
  const e = new KeyboardEvent('keydown', { key: composed ? 'Process' : key, code, keyCode: composed ? 229 : 0, bubbles: true, cancelable: true })
  Object.defineProperty(e, 'timeStamp', { value: performance.now() })
  ;(document.activeElement ?? document.body).dispatchEvent(e)
}

/** A scan whose keys are so far apart. The clock of the page stands still but for that, so that a busy machine tears nothing. */
async function stutter(page, text, every, ime) {
  for (const key of [...text, 'Enter']) {
    const code = /[a-z]/.test(key) && key.length === 1 ? `Key${key.toUpperCase()}` : /\d/.test(key) ? `Digit${key}` : key === '-' ? 'Minus' : key
    await page.evaluate(stroke, [key, code, ime])
    await page.clock.runFor(every)
  }
  await page.clock.runFor(1000)
}

/** With every letter that does something somewhere. [text, milliseconds between its keys, whether an input method is on] */
const codes = [['a-h1r-e2smfo', 90, false], ['c3-lint-aher', 115, true]]

/** Answers that never come, or that are failures, in place of those of the server. */
const broken = {
  loading: () => {},
  // One that is not tried again by itself, so that what is looked at is the failure and not the wait for the next try.
  failed: route => route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"type":"about:blank","title":"Failed","status":422,"code":"api.refused","detail":"Something failed here.","request_id":"req_0123456789"}' }),
}

const own = /\/v1\/(me|clock|session|stream|warehouses|nodes|meta|status)/

/** Looks behind every tab of a screen, and at every window that a button there opens. Nothing is sent. */
async function windows(page, server, path, name, shots) {
  await shown(page, server, path)
  const tabs = await page.locator('main [role=tab]').count()
  const seen = new Set()
  for (let tab = 0; tab < Math.max(tabs, 1); tab++) {
    const begin = async () => {
      await shown(page, server, path)
      if (tab) await page.locator('main [role=tab]').nth(tab).click()
      await page.waitForTimeout(250)
    }
    await begin()
    if (tab) await looked(page, `${name}-tab-${tab}`, shots)
    const here = page.url()
    const buttons = page.locator('main button:not([role=tab]):visible:enabled')
    for (let i = 0; i < Math.min(await buttons.count(), 20); i++) {
      const button = buttons.nth(i)
      const says = (await button.textContent({ timeout: 1000 }).catch(() => '')) || (await button.getAttribute('aria-label', { timeout: 1000 }).catch(() => '')) || ''
      if (!says || seen.has(says)) continue
      seen.add(says)
      await button.click({ timeout: 1500 }).catch(() => {})
      await page.waitForTimeout(250)
      const open = await page.locator('[role=dialog], [role=menu]').count()
      if (open) await looked(page, `${name}-window-${seen.size}`, shots)
      if (open || page.url() !== here) await begin()
    }
  }
}

export const journeys = {
  async 'a scanner that stutters changes nothing on any screen, with an input method on or off'({ server, only }) {
    await signedIn({ server }, { expected: [/status of 404/] }, async page => {
      const wrote = []
      await page.clock.install()
      page.on('request', r => /POST|PUT|PATCH|DELETE/.test(r.method()) && wrote.push(`${page.url()} ${r.method()} ${r.url()}`))
      for (const path of await screens(server, only)) {
        await shown(page, server, path)
        await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000)
        wrote.length = 0
        for (const code of codes) await stutter(page, ...code)
        assert.equal(await page.locator('[role=dialog]').count(), 0, `a window opened on ${path}`)
        assert.deepEqual(wrote.filter(w => !/scan|lookup|claim/.test(w)), [], path)
        await page.clock.resume()
      }
    })
  },
}

/** Somebody who may not see most of it. */
const guest = { login: 'guest', password: 'nothing but a guest' }
const invited = new Set()

async function invite(server) {
  if (invited.has(server.url)) return
  invited.add(server.url)
  await post(server, '/v1/users', { ...guest, grants: [{ role: 'picker' }] })
}

for (const language of ['en', 'zh-CN']) {
  const walk = (server, state, { shots, expected = [], width, height }, list, prepare = () => {}) =>
    signedIn({ server }, { language, expected, width, height }, async page => {
      await prepare(page)
      await each(list, async path => {
        await shown(page, server, path)
        // A screen that asks for nothing at first has nothing that fails.
        if (state === 'failed') await page.getByText('Something failed here.').first().waitFor({ timeout: 5000 }).catch(() => {})
        await looked(page, `${nameOf(path)}-${state}-${language}`, shots)
      })
    })

  journeys[`every screen can be used by everybody when it is filled, in ${language}`] = async ({ server, shots, only }) =>
    walk(server, 'filled', { shots }, await screens(server, only))

  journeys[`every screen can be used by everybody when it is empty, in ${language}`] = async ({ binary, shots, only }) => {
    const server = await fresh({ binary, uiDir: process.env.UI_DIR })
    try {
      await walk(server, 'empty', { shots }, await screens(server, only))
    } finally {
      await server.stop()
    }
  }

  for (const [state, answer] of Object.entries(broken)) {
    journeys[`every screen can be used by everybody when it is ${state}, in ${language}`] = async ({ server, shots, only }) =>
      walk(server, state, { shots, expected: [/status of 422/] }, await screens(server, only), page =>
        page.route(/\/v1\//, route => (own.test(route.request().url()) ? route.continue() : answer(route))),
      )
  }

  journeys[`every screen can be used by everybody without the right to it, in ${language}`] = async ({ server, shots, only }) => {
    await invite(server)
    await walk({ ...server, ...guest }, 'no-right', { shots, expected: [/status of 40[34]/] }, await screens(server, only))
  }

  journeys[`every window of every screen can be used by everybody, in ${language}`] = async ({ server, shots, only }) => {
    const list = await screens(server, only)
    await signedIn({ server }, { language, expected: [/status of 422/] }, async page => {
      await page.route(/\/v1\//, route => (route.request().method() === 'GET' ? route.continue() : broken.failed(route)))
      await each(list, path => windows(page, server, path, `${nameOf(path)}-${language}`, shots))
    })
  }
}
