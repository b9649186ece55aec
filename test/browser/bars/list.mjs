// A list of ten thousand orders: keys, scrolling, and what an event costs when all of it was loaded.
import { ask } from '../server.mjs'
import { cpu, ms, pause, row, signedIn, spread, tail, until } from './measure.mjs'

const wanted = 10_000
const filled = new WeakMap()

/** Fills the company by the bulk API until it has ten thousand orders and nothing waits for review or goods. */
export async function fill(server) {
  if (!filled.has(server)) filled.set(server, fillNow(server))
  return filled.get(server)
}

async function fillNow(server) {
  const run = Date.now().toString(36)
  for (let from = 0; from < wanted; from += 500) {
    const orders = Array.from({ length: 500 }, (_, i) => order(run, from + i))
    const { results } = await ask(server, '/v1/orders/bulk', { method: 'POST', body: JSON.stringify({ orders }) })
    const refused = results.find(r => r.status >= 300)
    if (refused) throw new Error(`an order was refused: ${JSON.stringify(refused)}`)
  }
  await until('all reviewed', async () => (await ask(server, '/v1/orders/counts')).pending === '0', 300_000)
  await pause(3000)
}

const order = (run, i) => ({
  channel: 'webshop', order_no: `BAR-${run}-${i}`, placed_at: new Date(Date.UTC(2026, 2, 2, 4) + i * 1000).toISOString(), currency: 'CNY', payment_status: 'paid', paid_amount: '59.00',
  recipient_name: `收件人${i}`, phone: `137${String(10_000_000 + i * 733).slice(0, 8)}`, country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: `文三路 ${i + 1} 号 3 单元 502 室`,
  lines: [{ sku: i % 2 ? 'HM01600' : 'HM01601', quantity: 1, unit_price: '59.00' }],
})

/** In the page, before its own scripts: it hears a key first, because the page may have changed when a later listener is called. */
export function watchKeys() {
  const states = {
    row: () => {
      const at = document.querySelector('[role=row][data-active]')
      return at && `${at.id} ${at.getAttribute('aria-selected')}`
    },
    tab: () => document.querySelector('[role=tab][aria-selected=true]')?.textContent,
    rows: () => document.querySelector('[role=row][id]')?.id ?? document.querySelector('[role=grid]')?.textContent,
  }
  const was = {}
  const bars = { kind: 'row', took: [], states }
  globalThis.bars = bars
  let from = 0
  addEventListener('keydown', e => ((from = e.timeStamp), (was.state = states[bars.kind]())), true)
  new MutationObserver(() => {
    const now = from && states[bars.kind]()
    if (!now || now === was.state) return
    const began = from
    from = 0
    requestAnimationFrame(() => setTimeout(() => bars.took.push(performance.now() - began)))
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

/** Presses a key and gives how long it took and how much processor time the page spent; throws if nothing changed within three seconds. */
async function press(b, key, kind = 'row') {
  const { page } = b
  await page.evaluate(kind => ((bars.kind = kind), (bars.took.length = 0)), kind)
  const before = await worked(b)
  await page.keyboard.press(key)
  let took
  await until(`a change after ${key}`, async () => (took = (await page.evaluate(() => bars.took))[0]), 3000)
  const work = (await worked(b)) - before
  await pause(130) // keys that follow faster are a scan
  return { took, work }
}

/** What the page has worked so far, in milliseconds of the processor: a busy machine does not add to it. */
async function worked(b) {
  const { metrics } = await b.client.send('Performance.getMetrics')
  return metrics.find(m => m.name === 'TaskDuration').value * 1000
}

export async function presses(b, key, times) {
  const out = []
  for (let i = 0; i < times; i++) out.push(await press(b, key))
  return out
}

const loaded = page => page.evaluate(() => Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')))
const foot = page => page.evaluate(() => document.querySelector('[role=grid]').nextElementSibling.textContent)

/** Goes to the end again and again until the server has no more; each End is one measurement. */
async function toTheEnd(b) {
  const { page } = b
  const out = [await press(b, 'j')]
  for (let i = 0; i < 150 && (await loaded(page)) < 0; i++) {
    const before = await foot(page)
    out.push(await press(b, 'End'))
    await until('more rows', async () => (await loaded(page)) > 0 || (await foot(page)) !== before)
    await pause(60)
  }
  return out
}

async function openList(b, server) {
  await b.page.goto(`${server.url}/orders`)
  await b.page.locator('[role=row][id]').first().waitFor()
  await b.page.locator('[data-live=live]').waitFor()
  await pause(1000)
}

/** J, K, X, Home and End, each with its own tail. */
async function rowKeys(b) {
  const took = {}
  for (const [name, key, times] of [['End', 'End', 1], ['K', 'k', 40], ['X', 'x', 20], ['Home', 'Home', 1], ['J', 'j', 40]]) took[name] = await presses(b, key, times)
  for (let i = 0; i < 9; i++) for (const key of ['End', 'Home']) took[key].push(await press(b, key))
  return took
}

/** The next paint after the key of a view, and the paint of its rows, which come from the server. */
async function viewKeys(b) {
  const tabs = []
  const rows = []
  for (let i = 0; i < 10; i++) {
    tabs.push(await press(b, i % 2 ? '1' : '6', 'tab'))
    await pause(500)
  }
  for (let i = 0; i < 10; i++) {
    rows.push(await press(b, i % 2 ? '1' : '6', 'rows'))
    await pause(500)
  }
  return { tabs, rows }
}

const times = list => list.map(p => p.took)

const each = took => Object.entries(took).map(([key, list]) => `${key} ${Math.round(tail(times(list), 0.5))}/${Math.round(tail(times(list), 0.95))}`).join(', ')

function keyRow(what, limit, took) {
  const all = Object.values(took).flat()
  const p95 = tail(times(all), 0.95)
  const work = all.map(p => p.work)
  const spent = `; work of the page p50 ${ms(tail(work, 0.5))}, p95 ${ms(tail(work, 0.95))}`
  return row(`Key → next paint: ${what}`, `p95 ≤ ${limit} ms`, `${spread(times(all))} (p50/p95: ${each(took)})${spent}`, p95 <= limit)
}

async function keys({ server }) {
  await fill(server)
  return signedIn(server, {}, async b => {
    await b.page.addInitScript(watchKeys)
    await b.client.send('Performance.enable', { timeDomain: 'threadTicks' })
    await openList(b, server)
    const loading = await toTheEnd(b)
    const rows = await loaded(b.page)
    const plain = await rowKeys(b)
    await cpu(b, 4)
    const slow = await rowKeys(b)
    await cpu(b, 1)
    await openList(b, server)
    await press(b, '6', 'rows')
    await press(b, '1', 'rows')
    const views = await viewKeys(b)
    await cpu(b, 4)
    const slowViews = await viewKeys(b)
    return [
      keyRow(`End while windows of 100 come, to ${rows - 1} rows`, 100, { End: loading }),
      keyRow(`all ${rows - 1} rows loaded`, 100, plain),
      keyRow(`all ${rows - 1} rows loaded, 4× CPU`, 200, slow),
      keyRow('view switch, the tab', 100, { tab: views.tabs }),
      keyRow('view switch, the tab, 4× CPU', 200, { tab: slowViews.tabs }),
      row('View switch → its rows from the server, plain / 4× CPU', 'no bar', `${spread(times(views.rows))} / ${spread(times(slowViews.rows))}`),
    ]
  })
}

/** In the page: every frame, how long it took, whether the grid is covered by rows, and how many nodes there are. */
function watchFrames() {
  const grid = document.querySelector('[role=grid]')
  const bars = { frames: [], blanks: [], nodes: 0, stop: false }
  globalThis.bars = bars
  let last = performance.now()
  let bare = 0
  const frame = now => {
    bars.frames.push(now - last)
    const box = grid.getBoundingClientRect()
    const head = grid.querySelector('[role=rowgroup]').getBoundingClientRect().bottom
    const rows = [...grid.querySelectorAll('[role=row][id]')].map(r => r.getBoundingClientRect()).sort((a, b) => a.top - b.top)
    let to = head // so far down it is covered by rows
    for (const r of rows) if (r.top <= to + 1) to = Math.max(to, r.bottom)
    const atEnd = grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 60
    if (to < box.bottom - 20 && !atEnd) bare += now - last
    else {
      if (bare) bars.blanks.push(bare)
      bare = 0
    }
    bars.nodes = Math.max(bars.nodes, document.querySelectorAll('*').length)
    last = now
    if (!bars.stop) requestAnimationFrame(frame)
    else if (bare) bars.blanks.push(bare)
  }
  requestAnimationFrame(frame)
}

export async function scrolled(b, server) {
  await openList(b, server)
  await b.page.mouse.move(700, 500)
  await b.page.evaluate(watchFrames)
  for (let i = 0; i < 240; i++) {
    await b.page.mouse.wheel(0, i % 60 < 50 ? 320 : -640)
    await pause(16)
  }
  await pause(300)
  return b.page.evaluate(() => ((bars.stop = true), { ...bars, blank: Math.max(0, ...bars.blanks) }))
}

async function scroll({ server }) {
  await fill(server)
  return signedIn(server, {}, async b => {
    const s = await scrolled(b, server)
    const p95 = tail(s.frames, 0.95)
    return [
      row('Scroll: frames', 'p95 ≤ 50 ms', spread(s.frames), p95 <= 50),
      row('Scroll: longest time with a blank row in sight', '≤ 100 ms', ms(s.blank), s.blank <= 100),
      row('Scroll: DOM nodes', '≤ 1,500', String(s.nodes), s.nodes <= 1500),
    ]
  })
}

export const measurements = {
  keys: { what: 'Key → next paint, list of 10,000', bar: 'p95 ≤ 100 ms; ≤ 200 ms at 4× CPU', run: keys },
  scroll: { what: 'Scroll', bar: 'p95 frame ≤ 50 ms', run: scroll },
}
