import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessibility, signedIn } from './page.mjs'
import { ask } from './server.mjs'

async function looked(page, name, shots) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) })
  assert.deepEqual(await accessibility(page), [], name)
}

const figure = (page, id) => page.locator(`[data-figure=${id}]`)
const counted = f => id => f.hours.flatMap(h => h.counts).filter(c => c.figure === id).reduce((n, c) => n + c.n, 0)

export const journeys = {
  async 'a figure leads to as many things as it says'({ server }) {
    await signedIn({ server }, {}, async page => {
      await page.goto(`${server.url}/dashboard?range=month`) // the company has lived its orders some days ago
      await page.getByText(/per busy hour/).first().waitFor()
      const now = Date.parse((await ask(server, '/v1/figures')).to)
      const month = `from=${new Date(now - 30 * 86_400_000).toISOString()}`
      const n = counted(await ask(server, `/v1/figures?${month}`))
      assert.ok(n('shipped') > 0 && n('picked') > 0)
      await figure(page, 'shipped').click()
      const drawer = page.locator('[role=dialog]')
      await drawer.locator('[role=row] a').first().waitFor()
      const title = await drawer.locator('h2').first().innerText()
      assert.match(title, new RegExp(`Parcels shipped: ${n('shipped').toLocaleString('en')}`))
      let rows = 0
      for (let cursor = ''; cursor !== undefined; ) {
        const p = await ask(server, `/v1/figures/shipped/rows?limit=500&${month}&cursor=${cursor}`)
        rows += p.rows.length
        cursor = p.next_cursor
      }
      assert.equal(rows, n('shipped'))
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'detached' })
    })
  },

  async 'the wall needs no hand, and goes on when the server has been away'({ server }) {
    await signedIn({ server }, { width: 1920, height: 1080, expected: [/ERR_INTERNET_DISCONNECTED|Failed to load resource/] }, async (page, b) => {
      await page.goto(`${server.url}/dashboard`)
      await figure(page, 'in').waitFor()
      await page.keyboard.press('t')
      const wall = page.locator('body > main')
      await wall.locator('[data-figure=in]').waitFor()
      assert.equal(await wall.locator('button, a').count(), 0)
      await b.context.setOffline(true)
      await wall.getByText('The server does not answer').waitFor({ timeout: 60_000 })
      assert.ok(await wall.locator('[data-figure=in] b').innerText())
      await b.context.setOffline(false)
      await wall.getByText('The server does not answer').waitFor({ state: 'detached', timeout: 60_000 })
      await page.keyboard.press('Escape')
      await page.locator('nav').waitFor()
    })
  },

  async 'a list is taken as a file with one key, and stands among the jobs'({ server }) {
    await signedIn({ server }, {}, async page => {
      await page.goto(`${server.url}/orders?channel=nobody`)
      await page.goto(`${server.url}/orders`)
      await page.locator('[role=row] a').first().waitFor()
      const taken = page.waitForEvent('download')
      await page.keyboard.press('Shift+E')
      const file = await taken
      assert.match(file.suggestedFilename(), /^orders-.*\.xlsx$/)
      assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), 'PK')
      await page.goto(`${server.url}/jobs?view=files`)
      await page.getByRole('button', { name: 'Download' }).first().waitFor()
      const log = await ask(server, '/v1/audit?act=export-list')
      assert.match(log.entries[0].note, /rows=\d+ format=xlsx/)
    })
  },

  async 'dashboards and jobs can be used by everybody, in both languages'({ server, shots }) {
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn({ server }, { language, width, height }, async page => {
          for (const [name, path] of [['dashboard', '/dashboard'], ['dashboard-list', '/dashboard?range=month&figure=shipped'], ['dashboard-month', '/dashboard?range=month'], ['dashboard-wall', '/dashboard?tv=1'], ['jobs', '/jobs'], ['jobs-later', '/jobs?view=later'], ['jobs-files', '/jobs?view=files'], ['orders-export', '/orders']]) {
            await page.goto(server.url + path)
            await page.waitForTimeout(1500)
            await looked(page, `${name}-${language}-${width}`, shots)
          }
        })
      }
    }
  },
}
