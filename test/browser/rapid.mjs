// Whoever is quicker than the server: keys that are held, views and filters that are changed before the rows of the last came, words
// that are typed while their beginning is still searched for.
import assert from 'node:assert/strict'
import { signedIn } from './page.mjs'

/** Every other answer comes late, so that the first question is answered after the last. */
async function unevenly(page) {
  let n = 0
  await page.route(/\/v1\/(?!stream)/, async route => {
    if (route.request().method() === 'GET' && n++ % 2 === 0) await new Promise(r => setTimeout(r, 700))
    await route.continue().catch(() => {})
  })
}

/** What names the rows, without what changes by itself. */
const names = page => page.locator('main [role=grid] [role=row][aria-rowindex] > :nth-child(-n+2)').allInnerTexts()

/** Every shown row is one of those that the same address shows when it is opened in peace. */
async function settled(page, path) {
  await page.waitForTimeout(2500)
  const shown = await names(page)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.reload()
  await page.locator('main').first().waitFor()
  await page.waitForTimeout(2000)
  assert.deepEqual(shown, await names(page), `stale rows on ${path}: ${page.url()}`)
}

async function held(page, key, times) {
  for (let i = 0; i < times; i++) {
    await page.keyboard.down(key)
    await page.waitForTimeout(30)
  }
  await page.keyboard.up(key)
}

const lists = ['/orders', '/stock', '/shipments', '/returns', '/exceptions', '/allocation', '/waves', '/rules', '/counts', '/jobs', '/settings?tab=audit']

export const rapid = {
  async 'keys that are held and views that are changed faster than the rows come do nothing else'({ server, only }) {
    await signedIn({ server }, {}, async page => {
      const wrote = []
      page.on('request', r => /POST|PUT|PATCH|DELETE/.test(r.method()) && wrote.push(`${r.method()} ${r.url()}`))
      for (const path of lists.filter(p => !only || only.includes(p))) {
        await page.goto(server.url + path)
        await page.locator('main').first().waitFor()
        await page.waitForTimeout(800)
        await unevenly(page)
        wrote.length = 0
        for (const key of ['2', '3', '1', '4', '2', '3']) {
          await page.keyboard.press(key)
          await page.waitForTimeout(140)
        }
        await held(page, 'j', 25)
        await held(page, 'k', 12)
        await page.keyboard.press('Home') // only the rows in sight are drawn
        assert.equal(await page.locator('[role=dialog]').count(), 0, `a window opened on ${path}`)
        // An exception that is looked at is claimed: that is what looking at it means there.
        assert.deepEqual(wrote.filter(w => !/claim|leave/.test(w)), [], path)
        await settled(page, path)
      }
    })
  },

  async 'tabs that are changed faster than they load show the last one'({ server, only }) {
    await signedIn({ server }, {}, async page => {
      for (const path of ['/returns', '/counts', '/settings', '/channels', '/jobs', '/dashboard', '/floor'].filter(p => !only || only.includes(p))) {
        await page.goto(server.url + path)
        const tabs = page.locator('main [role=tab]')
        await tabs.first().waitFor()
        await unevenly(page)
        const n = await tabs.count()
        for (let i = 0; i < 3 * n; i++) await tabs.nth((i * 2 + 1) % n).click({ delay: 5 })
        const last = await page.locator('main [role=tab][aria-selected=true]').first().innerText()
        await settled(page, path)
        assert.equal((await page.locator('main [role=tab][aria-selected=true]').first().innerText()).split('\n')[0], last.split('\n')[0], path)
      }
    })
  },

  async 'what is typed while its beginning is searched for is not lost, nor is the place where it is typed'({ server }) {
    await signedIn({ server }, {}, async page => {
      for (const [path, text] of [['/stock', 'AP000 25'], ['/orders', 'FH26 0302']]) {
        await page.goto(server.url + path)
        await page.locator('main [role=grid]').waitFor()
        await unevenly(page)
        await page.keyboard.press('/')
        const box = page.locator('main input[type=search]')
        await page.waitForFunction(() => document.activeElement?.matches('input[type=search]'))
        // So slow that it is searched for between the letters, and so that nothing of it is a scan.
        for (const c of text) {
          await page.keyboard.type(c)
          await page.waitForTimeout(c === ' ' ? 500 : 270)
        }
        assert.equal(await box.inputValue(), text, 'letters are missing')
        assert.equal(await page.evaluate(() => document.activeElement?.matches('input[type=search]')), true, 'the focus went elsewhere')
        await page.waitForTimeout(400)
        assert.equal(new URL(page.url()).searchParams.get('q'), text)
        // In another view the search begins anew, and what was typed last is not asked for there.
        await page.keyboard.type('9')
        await page.locator('main [role=tab]').nth(1).click()
        await page.waitForTimeout(600)
        assert.equal(await box.inputValue(), new URL(page.url()).searchParams.get('q') ?? '')
        await settled(page, path)
      }
    })
  },
}
