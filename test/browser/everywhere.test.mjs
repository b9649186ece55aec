// What holds on every screen that there is: a scanner that stutters changes nothing, and whoever sees or hears little can use it
// filled and empty, while it loads, when it fails, without the right to it, and with each of its windows open.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { allocated, looked, post } from './desk.mjs'
import { signedIn } from './page.mjs'
import { rapid } from './rapid.mjs'
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

const filled = new Set()
const long = '新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县哈拉布拉克乡幸福花园小区东区三十二号楼五单元一千二百零三室'

/** Something in every list, with long words among it: the company of the demo has done its work and its queues are empty. */
async function fill(server) {
  if (filled.has(server.url)) return
  filled.add(server.url)
  const sku = 'HM01600'
  const send = (no, more) =>
    post(server, '/v1/orders', {
      channel: 'webshop', order_no: no, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: '59.00', recipient_name: '阿卜杜拉·买买提艾力·吐尔逊江',
      phone: '13812345678', country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: long, lines: [{ sku, quantity: 1, unit_price: '59.00' }], ...more,
    })
  await allocated(server, [[sku, 1]])
  await allocated(server, [[sku, 2]])
  await send('A-NUMBER-AS-LONG-AS-A-SHOP-MAY-SEND-IT-000001', { address: '路', ship_by: '2026-03-02T05:00:00Z' })
  await send('UNPAID-1', { payment_status: 'unpaid', paid_amount: '0.00' })
  await send('OWED-1', { paid_amount: '99999900.00', lines: [{ sku, quantity: 999_999, unit_price: '100.00' }] })
  await send('STRANGER-1', { lines: [{ sku: 'NOBODY-KNOWS-THIS', title: long, quantity: 1, unit_price: '59.00' }] })
  const { orders } = await ask(server, '/v1/orders?delivery=delivered&limit=30')
  for (const o of orders) if (await post(server, `/v1/orders/${o.id}/returns`, { kind: 'refund', reason: 'damaged', note: long }).catch(() => false)) break
  await post(server, '/v1/counts', { node: 'JX', sku })
  await post(server, '/v1/printers', { node: 'JX', name: long.slice(0, 40), kind: 'raw', address: '127.0.0.1:9', format: 'zpl', enabled: false })
  await post(server, '/v1/wave-templates', { name: 'Evening', node: 'JX', method: 'batch', max_orders: 30, minutes_before_cutoff: 90, enabled: false })
  await post(server, '/v1/carriers/ladders', { node: 'JX', rungs: [{ carrier: 'SF' }, { carrier: 'ZTO' }] })
  await post(server, '/v1/suspensions', { carrier: 'JD', province: '新疆维吾尔自治区', reason: long })
  await ask(server, '/v1/buffers', { method: 'PUT', body: JSON.stringify({ channel: 'webshop', sku, quantity: 2, percent: 5 }) })
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
  open(page).clear()
  await page.goto(server.url + path, { timeout: 120_000 })
  await page.locator('main').first().waitFor({ timeout: 120_000 })
  await page.waitForTimeout(500)
}

const asked = new WeakMap()

/** What a page asks for and has not got yet, without the stream, which never ends. */
function open(page) {
  if (asked.has(page)) return asked.get(page)
  const list = new Set()
  asked.set(page, list)
  page.on('request', r => !r.url().includes('/stream') && list.add(r))
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, r => list.delete(r))
  return list
}

/** Waits until what was asked for is there: a busy machine shows a skeleton for long, and axe has nothing to say of it. */
async function calm(page) {
  for (let still = 0, end = Date.now() + 20_000; still < 2 && Date.now() < end; ) {
    await page.waitForTimeout(120)
    still = open(page).size === 0 && (await page.locator('[aria-busy=true]').count()) === 0 ? still + 1 : 0
  }
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

const textOf = async button =>
  (await button.textContent({ timeout: 1000 }).catch(() => '')) || (await button.getAttribute('aria-label', { timeout: 1000 }).catch(() => '')) || ''

/** Presses every button of a part of the page that was not pressed yet, begins anew after each, and looks at what opens. */
async function press(page, part, seen, begin, name, shots) {
  const here = page.url()
  const buttons = page.locator(part)
  for (let i = 0; i < Math.min(await buttons.count(), 20); i++) {
    const button = buttons.nth(i)
    const says = await textOf(button)
    if (!says || seen.has(says)) continue
    seen.add(says)
    const before = await page.locator('[role=dialog], [role=menu]').count()
    await button.click({ timeout: 1500 }).catch(() => {})
    await page.waitForTimeout(250)
    const after = await page.locator('[role=dialog], [role=menu]').count()
    if (after > before) await calm(page)
    if (after > before) await looked(page, `${name}-window-${seen.size}`, shots)
    if (after !== before || page.url() !== here) await begin()
  }
}

/** Opens what opens for the first row of a list, and looks behind its tabs and at its windows. */
async function row(page, begin, name, shots) {
  const sheet = page.locator('[role=dialog]')
  const again = async () => {
    await begin()
    for (const key of ['j', 'Enter']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(400)
    }
    await calm(page)
  }
  if ((await page.locator('main [role=grid] [role=row][aria-rowindex="2"]').count()) === 0) return
  await again()
  if ((await sheet.count()) === 0) return
  await looked(page, `${name}-row`, shots)
  for (let tab = 1; tab < (await sheet.locator('[role=tab]').count()); tab++) {
    await sheet.locator('[role=tab]').nth(tab).click()
    await page.waitForTimeout(400)
    await calm(page)
    await looked(page, `${name}-row-tab-${tab}`, shots)
  }
  await again()
  await press(page, '[role=dialog] button:not([role=tab]):visible:enabled', new Set(), again, `${name}-row`, shots)
}

/** Looks behind every tab of a screen, at every window that a button there opens, and at what its first row opens. Nothing is sent. */
async function windows(page, server, path, name, shots) {
  await shown(page, server, path)
  const tabs = await page.locator('main [role=tab]').count()
  const seen = new Set()
  for (let tab = 0; tab < Math.max(tabs, 1); tab++) {
    const begin = async () => {
      await shown(page, server, path)
      await calm(page)
      if (tab) await page.locator('main [role=tab]').nth(tab).click()
      await page.waitForTimeout(250)
      await calm(page)
    }
    await begin()
    if (tab) await looked(page, `${name}-tab-${tab}`, shots)
    await press(page, 'main button:not([role=tab]):visible:enabled', seen, begin, name, shots)
    if (tab === 0) await row(page, begin, name, shots)
  }
}

/** What the frame opens over any screen. */
async function frame(page, server, name, shots) {
  for (const [what, keys] of [['palette', ['Control+k']], ['keys', ['Shift+?']]]) {
    await shown(page, server, '/orders')
    for (const key of keys) await page.keyboard.press(key)
    await page.locator('[role=dialog]').waitFor()
    await looked(page, `${name}-${what}`, shots)
  }
  await shown(page, server, '/orders')
  await press(page, 'header button:visible:enabled', new Set(), () => shown(page, server, '/orders'), `${name}-frame`, shots)
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
  ...rapid,
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
        if (state !== 'loading') await calm(page)
        // A screen that asks for nothing at first has nothing that fails.
        if (state === 'failed') await page.getByText('Something failed here.').first().waitFor({ timeout: 5000 }).catch(() => {})
        await looked(page, `${nameOf(path)}-${state}-${language}`, shots)
      })
    })

  journeys[`every screen can be used by everybody when it is filled, in ${language}`] = async ({ server, shots, only }) => {
    await fill(server)
    await walk(server, 'filled', { shots }, await screens(server, only))
  }

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
    await fill(server)
    const list = await screens(server, only)
    await signedIn({ server }, { language, expected: [/status of 422/] }, async page => {
      await page.route(/\/v1\//, route => (route.request().method() === 'GET' ? route.continue() : broken.failed(route)))
      await each(list, path => windows(page, server, path, `${nameOf(path)}-${language}`, shots))
      if (!only) await frame(page, server, `frame-${language}`, shots)
    })
  }
}
