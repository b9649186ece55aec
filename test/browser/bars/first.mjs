// The first thing on the screen, and how much came over the line for it.
import { ask } from '../server.mjs'
import { cpu, five, handheld, kb, line, median, ms, pause, row, shift, signedIn, slowLine, until, within } from './measure.mjs'

/** When something was first painted, in milliseconds after the address was asked for. */
async function painted(page, address) {
  await page.goto(address, { waitUntil: 'commit' })
  const read = () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0).catch(() => 0)
  await until('a first paint', read, 20_000)
  return read()
}

async function cold(b, server) {
  await b.client.send('Network.clearBrowserCache')
  await b.client.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'service_workers,cache_storage' })
}

async function slow(b, on) {
  await cpu(b, on ? 4 : 1)
  await slowLine(b, on)
}

/** Median of five of one page under one condition. */
async function paints(b, address, { slowed = false, before = async () => {} }) {
  await slow(b, false)
  await painted(b.page, address)
  await pause(1000)
  const out = await five(async () => {
    await slow(b, false)
    await b.page.goto('about:blank')
    await before()
    await slow(b, slowed)
    return painted(b.page, address)
  })
  await slow(b, false)
  return median(out)
}

const fcp = (what, limit, measured) => row(`FCP ${what}`, `≤ ${limit / 1000} s`, ms(measured), measured <= limit)

const consolePaints = ({ server }) =>
  signedIn(server, {}, async b => {
    const at = `${server.url}/orders`
    const before = () => cold(b, server)
    return [
      fcp('console, signed in, cold', 800, await paints(b, at, { before })),
      fcp('console, from cache', 800, await paints(b, at, {})),
      fcp('console, cold, 4× CPU + 3 Mbit/s', 1800, await paints(b, at, { before, slowed: true })),
      fcp('console, from cache, 4× CPU + 3 Mbit/s', 1800, await paints(b, at, { slowed: true })),
    ]
  })

const handheldPaints = ({ server }) =>
  within(handheld, async b => {
    const at = `${server.url}/pda`
    const before = () => cold(b, server)
    const out = [fcp('handheld, cold, 4× CPU + 3 Mbit/s', 2500, await paints(b, at, { before, slowed: true }))]
    await shift(b.page, server)
    await kept(b.page)
    return [...out, fcp('handheld, from cache', 600, await paints(b, at, {})), fcp('handheld, from cache, 4× CPU + 3 Mbit/s', 600, await paints(b, at, { slowed: true }))]
  })

/** Until the worker keeps what the page is made of. */
async function kept(page) {
  await page.evaluate(() => Promise.race([navigator.serviceWorker.ready.then(() => {}), new Promise(r => setTimeout(r, 5000))]))
  await pause(2000)
}

/** Everything that came down the line, with heads: pages, scripts, styles, letters, icon, answers. */
async function visits({ server }) {
  const l = await line(server)
  try {
    return await within({ ...handheld, language: 'zh-CN' }, async b => {
      await b.page.goto(`${l.server.url}/pda`)
      await b.page.locator('input[name=login]').waitFor()
      await kept(b.page)
      const first = l.got()
      await shift(b.page, l.server)
      await kept(b.page)
      const withShift = l.got()
      await b.page.goto('about:blank')
      await pause(500)
      const before = l.got()
      await b.page.goto(`${l.server.url}/pda`)
      await b.page.locator('main button').first().waitFor()
      await pause(1500)
      const repeat = l.got() - before
      l.cut()
      const unplugged = l.got()
      await b.page.reload()
      await b.page.locator('main button').first().waitFor()
      const none = l.got() - unplugged
      return [
        row('Handheld: first visit in all, with font, styles and heads', '≤ 180 KB gz', `${kb(first)} to the sign-in, ${kb(withShift)} with the shift begun`, withShift <= 180 * 1024),
        row('Handheld: repeat visit', 'works with 0 bytes', `works with the line cut: ${none} bytes; with a line ${kb(repeat)} come (the page, if it changed, and answers)`, none === 0),
      ]
    })
  } finally {
    l.close()
  }
}

/** Pages for customers, with scripts off and everything they bring. */
async function publicPages({ server }) {
  const { orders } = await ask(server, '/v1/orders?delivery=delivered&limit=50')
  const links = await ask(server, `/v1/orders/${orders[0].id}/links`)
  const sizes = []
  for (const [name, path] of Object.entries(links).filter(([, path]) => typeof path === 'string' && path.startsWith('/'))) {
    const l = await line(server)
    try {
      await within({ ...handheld, javaScript: false }, async b => {
        await b.page.goto(l.server.url + path)
        await b.page.locator('main').waitFor()
        sizes.push([name, l.got()])
      })
    } finally {
      l.close()
    }
  }
  const most = Math.max(...sizes.map(([, n]) => n))
  return [row('Public pages, JS off, with heads and all that they bring', '≤ 30 KB gz, works with JS off', sizes.map(([name, n]) => `${name} ${kb(n)}`).join(', '), most <= 30 * 1024)]
}

export const measurements = {
  'fcp-console': { what: 'FCP console', bar: '≤ 0.8 s; ≤ 1.8 s', run: consolePaints },
  'fcp-handheld': { what: 'FCP handheld', bar: '≤ 2.5 s; ≤ 0.6 s', run: handheldPaints },
  visits: { what: 'Handheld: visits', bar: '≤ 180 KB gz', run: visits },
  public: { what: 'Public pages', bar: '≤ 30 KB gz', run: publicPages },
}
