// A company with a million orders on the screen: first rows, views, sorting, filters, search, the way down, scrolling.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { presses, scrolled, watchKeys } from './list.mjs'
import { ms, pause, row, signedIn, spread, tail, until } from './measure.mjs'

const limit = 300 // milliseconds to the rows

/** Fills the folder where there is none, which takes minutes, and serves it. */
async function serve({ binary, dir, orders, uiDir }) {
  const run = (args, input) => execFileSync(binary, args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] })
  if (!existsSync(dir)) run(['bench', 'history', '--data', dir, '--orders', String(orders)])
  const password = 'to be looked at only'
  run(['user', 'password', 'admin', '--stdin', '--data', dir], `${password}\n`)
  // What follows the event log has read nothing of this history; a company with such a past has long read it.
  const child = spawn(binary, ['serve', '--data', dir, '--role', 'api', '--listen', '127.0.0.1:0', '--json', '--log-level', 'warn', ...(uiDir ? ['--ui-dir', uiDir] : [])], { stdio: ['ignore', 'pipe', 'inherit'] })
  const stop = () => new Promise(done => (child.once('exit', done), child.kill('SIGINT')))
  let url
  createInterface({ input: child.stdout }).on('line', line => (url ??= JSON.parse(line).url))
  await until('the server', () => url ?? (child.exitCode !== null && Promise.reject(new Error('the server did not start'))), 300_000)
  return { url, login: 'admin', password, stop }
}

/**
 * In the page: goes to an address of the application and gives the milliseconds until its rows, or the words that there are none, are
 * painted. What was read before is not asked for again, so each address is to be new.
 */
function goTo(path) {
  const begun = performance.now()
  const asked = () => performance.getEntriesByType('resource').some(e => e.startTime >= begun && e.responseEnd > 0 && /\/v1\/(orders|search)\?/.test(e.name))
  const there = () => {
    const grid = document.querySelector('[role=grid]')
    if (!grid || grid.getAttribute('aria-busy') === 'true') return false
    return grid.querySelector('[role=row][id]') || grid.getAttribute('aria-rowcount') !== '-1'
  }
  performance.clearResourceTimings()
  history.pushState(null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
  return new Promise(done => {
    let seen = 0
    const look = () => {
      if (asked() && there()) seen++ // an answer is drawn in the frame after it at the latest
      if (seen < 2) return requestAnimationFrame(look)
      setTimeout(() => done(performance.now() - begun))
    }
    requestAnimationFrame(look)
  })
}

const shown = page => page.evaluate(() => document.querySelector('[role=grid]').nextElementSibling.textContent)

/** Ways to the same kind of list, each asked for the first time: [name, address by number]. */
const day = i => new Date(Date.now() - (3 + i * 5) * 86_400_000).toISOString().slice(0, 10)
const names = ['王明', '李华', '张伟', '刘芳', '陈娜', '杨敏', '赵静', '黄丽']
const ways = [
  ['view, all', i => `/orders?channel=bench&placed_from=2020-01-0${i + 1}`],
  ['queue by deadline', i => `/orders?review=held&sort=deadline&placed_from=2020-01-0${i + 1}`],
  ['all open by deadline', i => `/orders?open=true&sort=deadline&placed_from=2020-01-0${i + 1}`],
  ['all open by fine', i => `/orders?open=true&sort=fine&placed_from=2020-01-0${i + 1}`],
  ['filter, most pass', i => `/orders?delivery=delivered&placed_from=2020-01-0${i + 1}`],
  ['filter, one in 5,000 passes', i => `/orders?delivery=failed&placed_from=2020-01-0${i + 1}`],
  ['filter, none passes', i => `/orders?payment=unpaid&placed_from=2020-01-0${i + 1}`],
  ['placed on one day of the past', i => `/orders?placed_from=${day(i)}&placed_to=${day(i)}`],
  ['placed up to a day of the past', i => `/orders?placed_to=${day(i)}`],
  ['search, number', i => `/orders?q=H00${123_456 + i * 7919}`],
  ['search, two characters of a name', i => `/orders?q=${encodeURIComponent(names[i])}`],
  ['search, four digits', i => `/orders?q=${4711 + i * 13}`],
  ['search, nothing', i => `/orders?q=zzz${i}`],
]

async function first(server) {
  const took = []
  for (let i = 0; i < 5; i++) {
    await signedIn(server, {}, async ({ page }) => {
      const begun = Date.now()
      await page.goto(`${server.url}/orders`)
      await page.locator('[role=row][id]').first().waitFor()
      const rows = Date.now() - begun
      await page.locator('[role=tab]', { hasText: '+' }).first().waitFor()
      took.push({ rows, counts: Date.now() - begun })
    })
  }
  return took
}

async function lists(b, server) {
  await b.page.goto(`${server.url}/orders`)
  await b.page.locator('[role=row][id]').first().waitFor()
  await pause(1500)
  const out = []
  for (const [name, path] of ways) {
    const took = []
    for (let i = 0; i < names.length; i++) {
      took.push(await b.page.evaluate(goTo, path(i)))
      await pause(150)
    }
    out.push(row(`A million orders: ${name}, to the rows`, `≤ ${limit} ms`, `${spread(took)} (${await shown(b.page)})`, tail(took, 0.95) <= limit))
  }
  return out
}

async function down(b, server) {
  await b.page.goto(`${server.url}/orders`)
  await b.page.locator('[role=row][id]').first().waitFor()
  await pause(1000)
  await presses(b, 'j', 1)
  const took = []
  for (let i = 0; i < 50; i++) {
    const before = await shown(b.page)
    const begun = Date.now()
    await b.page.keyboard.press('End')
    await until('more rows', async () => (await shown(b.page)) !== before)
    took.push(Date.now() - begun)
  }
  const rows = await shown(b.page)
  await b.client.send('HeapProfiler.enable')
  for (let i = 0; i < 3; i++) await b.client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await b.client.send('Runtime.getHeapUsage')
  return [
    row('A million orders: End, to the next hundred rows', `≤ ${limit} ms`, `${spread(took)}, to ${rows}`, tail(took, 0.95) <= limit),
    row('A million orders: heap of the page then', 'no bar', `${(usedSize / 1024 / 1024).toFixed(1)} MB`),
  ]
}

async function million({ binary, dir, orders, uiDir }) {
  if (!dir) throw new Error('--dir names the folder of the company, or where to write one')
  const server = await serve({ binary, dir, orders, uiDir })
  try {
    const opened = await first(server)
    return [
      row('A million orders: the page, to its rows, and to the counts of the views', `≤ ${limit} ms with the page in the cache`, `rows ${spread(opened.map(o => o.rows))}; counts ${spread(opened.map(o => o.counts))}`),
      ...(await signedIn(server, {}, async b => {
        await b.page.addInitScript(watchKeys)
        await b.client.send('Performance.enable', { timeDomain: 'threadTicks' })
        return [...(await lists(b, server)), ...(await down(b, server))]
      })),
      ...(await signedIn(server, {}, async b => {
        const s = await scrolled(b, server)
        return [row('A million orders: scroll', 'frames p95 ≤ 50 ms, no blank row > 100 ms, ≤ 1,500 DOM nodes', `frames ${spread(s.frames)}; blank ${ms(s.blank)}; ${s.nodes} nodes`, tail(s.frames, 0.95) <= 50 && s.blank <= 100 && s.nodes <= 1500)]
      })),
    ]
  } finally {
    await server.stop()
  }
}

export const measurements = { million: { what: 'A million orders', bar: `≤ ${limit} ms to the rows`, run: million } }
