// What holds on every screen that there is: a scanner that stutters changes nothing, and whoever sees or hears little can use it
// while it loads, when it fails and with a dialog open.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { looked, signedIn } from './desk.mjs'
import { ask } from './server.mjs'

const read = path => readFileSync(new URL(`../../web/src/${path}`, import.meta.url), 'utf8')
const paths = [...read('console/screens.ts').matchAll(/path: '([^']+)'/g)].map(m => m[1])

/** Something to open on the screens of one thing. What the company has none of is left out. */
async function ids(server) {
  const first = async (path, list) => {
    const one = (await ask(server, path))[list]?.[0]
    return one?.id ?? one?.code
  }
  return {
    '/orders/:id': await first('/v1/orders?limit=1', 'orders'),
    '/waves/:id': await first('/v1/waves?limit=1', 'waves'),
    '/rules/:id': await first('/v1/rules', 'rules'),
    '/returns/:id': await first('/v1/returns?limit=1', 'cases'),
  }
}

/** The address of every screen. */
export async function screens(server) {
  const known = await ids(server)
  return paths.filter(p => !p.includes(':') || known[p]).map(p => p.replace(':id', known[p]))
}

const nameOf = path => path.slice(1).replace(/\/.*/, '-one')

async function shown(page, server, path) {
  await page.goto(server.url + path)
  await page.locator('main').first().waitFor()
  await page.waitForTimeout(400)
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
  failed: route => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"type":"about:blank","title":"Failed","status":500,"code":"api.internal","detail":"Something failed here.","request_id":"req_0123456789"}' }),
}

const own = /\/v1\/(me|clock|session|stream|warehouses|nodes|meta|status)/

/** Opens every window that a button of the screen opens, and looks at it. Nothing is sent. */
async function windows(page, server, path, name, shots) {
  const buttons = page.locator('main button:visible:enabled')
  const count = Math.min(await buttons.count(), 20)
  const seen = new Set()
  for (let i = 0; i < count; i++) {
    if (new URL(page.url()).pathname !== path || (await page.locator('[role=dialog], [role=menu]').count())) await shown(page, server, path)
    const button = buttons.nth(i)
    const says = (await button.textContent({ timeout: 1000 }).catch(() => '')) || (await button.getAttribute('aria-label', { timeout: 1000 }).catch(() => '')) || ''
    if (!says || seen.has(says)) continue
    seen.add(says)
    await button.click({ timeout: 1500 }).catch(() => {})
    await page.waitForTimeout(250)
    if (await page.locator('[role=dialog], [role=menu]').count()) await looked(page, `${name}-window-${seen.size}`, shots)
  }
}

export const journeys = {
  async 'a scanner that stutters changes nothing on any screen, with an input method on or off'({ server }) {
    await signedIn({ server }, { expected: [/status of 404/] }, async page => {
      const wrote = []
      await page.clock.install()
      page.on('request', r => /POST|PUT|PATCH|DELETE/.test(r.method()) && wrote.push(`${page.url()} ${r.method()} ${r.url()}`))
      for (const path of await screens(server)) {
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

for (const language of ['en', 'zh-CN']) {
  for (const [state, answer] of Object.entries(broken)) {
    journeys[`every screen can be used by everybody when it is ${state}, in ${language}`] = ({ server, shots }) =>
      signedIn({ server }, { language, expected: [/status of 500/] }, async page => {
        const list = await screens(server)
        await page.route(/\/v1\//, route => (own.test(route.request().url()) ? route.continue() : answer(route)))
        for (const path of list) {
          await page.goto(server.url + path)
          await page.locator('main').first().waitFor()
          await page.waitForTimeout(400)
          await looked(page, `${nameOf(path)}-${state}-${language}`, shots)
        }
      })
  }
  journeys[`every window of every screen can be used by everybody, in ${language}`] = ({ server, shots }) =>
    signedIn({ server }, { language, expected: [/status of 50\d/] }, async page => {
      const list = await screens(server)
      await page.route(/\/v1\//, route => (route.request().method() === 'GET' ? route.continue() : broken.failed(route)))
      for (const path of list) {
        await shown(page, server, path)
        await windows(page, server, path, `${nameOf(path)}-${language}`, shots)
      }
    })
}
