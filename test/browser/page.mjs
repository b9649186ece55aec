// A real browser on the real program. Whatever the console, the network or the policy of content reports is a failure.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(fileURLToPath(new URL('../../web/package.json', import.meta.url)))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

export const chrome = process.env.CHROME ?? '/usr/bin/chromium'

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

let running // one browser for all journeys: to start it takes longer than many a journey

/** Ends the browser that journeys share. */
export const quit = async () => {
  await (await running)?.close()
  running = undefined
}

async function shared() {
  if (!(await running)?.isConnected()) running = chromium.launch({ executablePath: chrome, args: flags })
  return running
}

/** A profile that knows nothing yet, of the browser that is shared; or with own, of a browser and in a folder of its own. */
async function profile(options, own) {
  if (!own) return { context: await (await shared()).newContext(options), clean: () => {} }
  const dir = mkdtempSync(join(tmpdir(), 'packhorse-browser-'))
  return {
    context: await chromium.launchPersistentContext(dir, { executablePath: chrome, args: flags, ...options }),
    clean: () => rmSync(dir, { recursive: true, force: true }),
  }
}

/** Opens a page of a profile of its own. What is measured has a browser of its own too. */
export async function browser({ language = 'en', width = 1440, height = 900, expected = [], javaScript = true, own = false } = {}) {
  const look = { viewport: { width, height }, locale: language, javaScriptEnabled: javaScript, timezoneId: 'Europe/Berlin' }
  const { context, clean } = await profile(look, own)
  const page = context.pages()[0] ?? (await context.newPage())
  const problems = []
  const report = text => {
    if (!expected.some(e => e.test(text))) problems.push(text)
  }
  page.on('console', m => m.type() === 'error' && report(m.text()))
  page.on('pageerror', e => report(String(e)))
  page.on('requestfailed', r => {
    const why = r.failure()?.errorText ?? ''
    if (why !== 'net::ERR_ABORTED') report(`${r.url()} ${why}`)
  })
  const close = async () => {
    await context.close()
    clean()
  }
  return { context, page, problems, close }
}

export async function signIn(page, server) {
  await page.goto(server.url)
  await page.locator('input[name=login]').fill(server.login)
  await page.locator('input[name=password]').fill(server.password)
  await page.keyboard.press('Enter')
  await page.locator('[role=grid], nav, main').first().waitFor()
  await page.locator('input[name=password]').waitFor({ state: 'detached' })
}

const shift = 8 // among the modifiers of the protocol

/** Types as a scanner does: a key every so many milliseconds, then Enter. ime: as with a Chinese input method on. */
export async function scan(page, text, { every = 8, ime = false, enter = true } = {}) {
  const client = await page.context().newCDPSession(page)
  for (const c of text) {
    const code = /[a-z]/i.test(c) ? `Key${c.toUpperCase()}` : /\d/.test(c) ? `Digit${c}` : 'Minus'
    if (ime) await client.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process', code, modifiers: /[A-Z]/.test(c) ? shift : 0 })
    else await client.send('Input.dispatchKeyEvent', { type: 'keyDown', key: c, code, text: c })
    await client.send('Input.dispatchKeyEvent', { type: 'keyUp', key: c, code })
    await new Promise(r => setTimeout(r, every))
  }
  if (enter) {
    await client.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' })
    await client.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 })
  }
  await client.detach()
}

/** What axe finds against WCAG 2.2 AA, as lines. Guards that only send the focus back into an open menu are left out. */
export async function accessibility(page) {
  // The widest screens show what the others show; FULL=1 looks at them too.
  if (!process.env.FULL && page.viewportSize().width >= 1920) return []
  // By the protocol, because the policy of the page forbids scripts that are put into it.
  const client = await page.context().newCDPSession(page)
  await client.send('Runtime.evaluate', { expression: axe })
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
  const { result } = await client.send('Runtime.evaluate', {
    expression: `axe.run({ exclude: ['[data-base-ui-focus-guard]'] }, { runOnly: ${JSON.stringify(tags)} }).then(r => JSON.stringify(r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? '')).join(' | '))))`,
    awaitPromise: true,
    returnByValue: true,
  })
  await client.detach()
  return JSON.parse(result.value)
}

// Before somebody signed in the server says 401: that is its answer to "who am I?", and browsers write it down.
const beforeSigningIn = [/status of 401/]

/** Opens a page, signs in, lets walk go, and afterwards demands that nothing was reported. */
export async function signedIn({ server }, options, walk) {
  const b = await browser({ ...options, expected: [...beforeSigningIn, ...(options.expected ?? [])] })
  try {
    await signIn(b.page, server)
    await walk(b.page, b)
    assert.deepEqual(b.problems, [])
  } finally {
    await b.close()
  }
}

/** Waits until it is true. A busy machine is slow, so there is one bound, and it is long. */
export async function until(what, ms = 10_000) {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise(r => setTimeout(r, 60))) if (await what()) return
  assert.ok(await what(), `it did not become true within ${ms} ms: ${what}`)
}
