// What the measurements share: rows of the table, middles and tails, a slower device, and a line that counts and can be cut.
import { connect, createServer } from 'node:net'
import { browser, signIn } from '../page.mjs'

/** A row of the table. met is undefined where the bar does not say. */
export const row = (what, bar, measured, met) => ({ what, bar, measured, met })

export const kb = bytes => `${(bytes / 1024).toFixed(1)} KB`
export const ms = n => `${Math.round(n)} ms`
export const pause = n => new Promise(r => setTimeout(r, n))

const sorted = list => [...list].sort((a, b) => a - b)
export const tail = (list, q) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * q))]
export const median = list => tail(list, 0.5)

/** p50, p95 and the worst, in words. */
export const spread = list => `p50 ${ms(median(list))}, p95 ${ms(tail(list, 0.95))}, most ${ms(tail(list, 1))} of ${list.length}`

/** Until it is true; throws what was waited for. */
export async function until(name, what, limit = 10_000) {
  for (const end = Date.now() + limit; Date.now() < end; await pause(20)) if (await what()) return
  throw new Error(`not within ${limit} ms: ${name}`)
}

/** As often as the bars say. */
export async function five(measure) {
  const out = []
  for (let i = 0; i < 5; i++) out.push(await measure(i))
  return out
}

/** A browser that is closed afterwards. What the console reports is for the journeys to judge. */
export async function within(options, work) {
  const b = await browser({ ...options, own: true })
  b.client = await b.context.newCDPSession(b.page)
  try {
    return await work(b)
  } finally {
    await b.close()
  }
}

export const signedIn = (server, options, work) =>
  within(options, async b => {
    await signIn(b.page, server)
    return work(b)
  })

export const handheld = { width: 360, height: 640 }

/** Begins a shift on the handheld. */
export async function shift(page, server) {
  await page.goto(`${server.url}/pda`)
  await page.locator('input[name=login]').fill(server.login)
  await page.locator('input[name=password]').fill(server.password)
  await page.keyboard.press('Enter')
  await page.locator('select').selectOption({ index: 1 })
  await page.locator('main button').first().click()
  await page.locator('main a').first().waitFor()
}

export const cpu = (b, rate) => b.client.send('Emulation.setCPUThrottlingRate', { rate })

/** 3 Mbit/s both ways and 20 ms more for each answer, or the plain line. */
export async function slowLine(b, on) {
  const bytes = on ? 3_000_000 / 8 : -1
  await b.client.send('Network.enable')
  await b.client.send('Network.emulateNetworkConditions', { offline: false, latency: on ? 20 : 0, downloadThroughput: bytes, uploadThroughput: bytes })
}

/** A line to the server: got() is how many bytes came down it, cut() breaks it, mend() lets it be used again. */
export async function line(server) {
  const to = new URL(server.url)
  const open = new Set()
  let broken = false
  let down = 0
  const middle = createServer(near => {
    if (broken) return near.destroy()
    const far = connect(Number(to.port), to.hostname)
    for (const end of [near, far]) {
      open.add(end)
      end.on('error', () => {})
      end.on('close', () => open.delete(end))
    }
    near.on('close', () => far.destroy())
    far.on('data', data => (down += data.length))
    near.pipe(far).pipe(near)
  })
  await new Promise(r => middle.listen(0, '127.0.0.1', r))
  const cut = () => {
    broken = true
    for (const end of open) end.destroy()
  }
  return {
    server: { ...server, url: `http://127.0.0.1:${middle.address().port}` },
    got: () => down,
    cut,
    mend: () => (broken = false),
    close: () => (cut(), middle.close()),
  }
}
