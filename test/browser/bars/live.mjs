// What happens on the server, on the screen; a line that breaks; a page that stays open.
import { allocated } from '../desk.mjs'
import { ask } from '../server.mjs'
import { line, median, ms, pause, row, signedIn, spread, until } from './measure.mjs'

const post = (server, path, body = {}) => ask(server, path, { method: 'POST', body: JSON.stringify(body) })
const openHold = async (server, id) => (await ask(server, `/v1/orders/${id}`)).holds?.find(h => !h.released_at)

/** An order that may be held and let go. */
const anOrder = async server => (await allocated(server, [['HM01600', 1]])).id

/** Holds the order, or lifts its hold; gives the moment the server had done it. */
async function turn(server, id) {
  const held = await openHold(server, id)
  if (held) await post(server, `/v1/holds/${held.id}/release`, {})
  else await post(server, `/v1/orders/${id}/hold`, { reason: 'order.hold.manual', note: 'bars' })
  return Date.now()
}

/** In the page: when the number of live holds on it last changed, as painted. */
function watchHolds() {
  const live = () => [...document.querySelectorAll('button')].filter(b => b.textContent.trim() === 'Release').length
  const bars = { seen: 0, live: live() }
  globalThis.bars = bars
  new MutationObserver(() => {
    const now = live()
    if (now === bars.live) return
    bars.live = now
    requestAnimationFrame(() => setTimeout(() => (bars.seen = Date.now())))
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}

async function onOrder(b, server, id) {
  await b.page.goto(`${server.url}/orders/${id}`)
  await b.page.locator('[data-live=live]').waitFor()
  await b.page.getByRole('button', { name: /^Hold/ }).first().waitFor()
  await pause(800)
  await b.page.evaluate(watchHolds)
}

/** Until the screen shows the change; gives when. */
async function seen(page, limit = 20_000) {
  let at = 0
  await until('the change on the screen', async () => (at = await page.evaluate(() => bars.seen)), limit)
  await page.evaluate(() => (bars.seen = 0))
  return at
}

const event = ({ server }) =>
  signedIn(server, {}, async b => {
    const id = await anOrder(server)
    await onOrder(b, server, id)
    const took = []
    for (let i = 0; i < 10; i++) {
      const done = await turn(server, id)
      took.push((await seen(b.page)) - done)
      await pause(1500)
    }
    return [row('Event on server → on screen (page of an order)', '≤ 500 ms', spread(took), median(took) <= 500)]
  })

/** The page tries again after pauses that grow, so how long the line was broken decides how long it takes. */
const breaks = [1600, 2500, 3600, 6700, 9700]

async function reconnect({ server }) {
  const l = await line(server)
  try {
    return await signedIn(l.server, {}, async b => {
      const id = await anOrder(server)
      await onOrder(b, l.server, id)
      const took = []
      for (const broken of breaks) {
        l.cut()
        await pause(500)
        await turn(server, id)
        await pause(broken - 500)
        l.mend()
        const mended = Date.now()
        took.push((await seen(b.page)) - mended)
        await pause(2500)
      }
      const missed = (await b.page.evaluate(() => bars.live > 0)) !== Boolean(await openHold(server, id))
      const list = took.map((t, i) => `${ms(t)} after ${breaks[i] / 1000} s`).join(', ')
      return [row('Reconnect: from the line that is back to what was missed, on screen', '≤ 3 s, nothing missed', `${list}; ${missed ? 'something was missed' : 'nothing missed'}`, Math.max(...took) <= 3000 && !missed)]
    })
  } finally {
    l.close()
  }
}

async function heap(b) {
  for (let i = 0; i < 3; i++) await b.client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await b.client.send('Runtime.getHeapUsage')
  return usedSize
}

/** As many events as an hour with one every six seconds, in the minutes there are; the page is walked through all the while. */
async function hour({ server, minutes }) {
  const events = 600
  const every = (minutes * 60_000) / events
  return signedIn(server, {}, async b => {
    const id = await anOrder(server)
    await b.client.send('HeapProfiler.enable')
    const places = ['/orders', `/orders/${id}`, '/exceptions', '/today']
    const walk = async i => {
      await b.page.evaluate(to => (history.pushState(null, '', to), dispatchEvent(new PopStateEvent('popstate'))), places[i % places.length])
      await pause(400)
    }
    await b.page.goto(`${server.url}/orders`)
    await b.page.locator('[data-live=live]').waitFor()
    for (let i = 0; i < 12; i++) await walk(i)
    await pause(3000)
    const before = await heap(b)
    for (let i = 0; i < events; i++) {
      const next = Date.now() + every
      await turn(server, id)
      if (i % 10 === 9) await walk(i / 10 | 0)
      await pause(Math.max(0, next - Date.now()))
    }
    for (let i = 0; i < 5; i++) await walk(i % 2 ? 1 : 0)
    await pause(3000)
    const grown = ((await heap(b)) - before) / 1024 / 1024
    return [row(`Heap after ${events} events and 60 changes of screen in ${minutes} minutes${minutes < 60 ? ', in place of an hour' : ''}`, 'growth ≤ 10 MB', `${grown.toFixed(1)} MB from ${(before / 1024 / 1024).toFixed(1)} MB`, minutes < 10 ? undefined : grown <= 10)] // less says little
  })
}

export const measurements = {
  event: { what: 'Event on server → on screen', bar: '≤ 500 ms', run: event },
  reconnect: { what: 'Reconnect', bar: '≤ 3 s, nothing missed', run: reconnect },
  heap: { what: 'One hour live', bar: 'heap growth ≤ 10 MB', run: hour },
}
