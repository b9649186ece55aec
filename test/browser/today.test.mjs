import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, signedIn, until } from './page.mjs'
import { ask } from './server.mjs'
import { waiting } from './waves.test.mjs'

export const journeys = {
  async 'the search above every screen does what the screen can, and leads to every tab'(world) {
    const { server } = world
    await waiting(server, 'T-find', 2)
    const { orders } = await ask(server, '/v1/orders?fulfilment=allocated&limit=1')
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/orders/${orders[0].id}`)
      await page.getByRole('button', { name: 'Hold' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').fill('hol')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog', { name: `Hold ${orders[0].external_no}` }).waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').fill('printers')
      await page.keyboard.press('Enter')
      await page.waitForURL(/settings\?tab=printers/)
    })
  },

  async 'a session that ends under somebody’s hands keeps what they typed'(world) {
    const { server } = world
    await waiting(server, 'T-over', 2)
    const { orders } = await ask(server, '/v1/orders?fulfilment=allocated&limit=2')
    const order = orders.at(-1)
    await signedIn(world, {}, async (page, { context }) => {
      await page.goto(`${server.url}/orders/${order.id}`)
      await page.getByRole('button', { name: 'Hold' }).click()
      const note = page.getByRole('textbox', { name: 'Why' })
      await note.fill('she calls back at two')
      await context.clearCookies()
      await page.keyboard.press('Control+Enter')
      const door = page.getByRole('dialog', { name: 'Sign in' })
      await door.getByLabel('Log-in').fill(server.login)
      await door.getByLabel('Password').fill(server.password)
      await page.keyboard.press('Enter')
      await door.waitFor({ state: 'detached' })
      assert.equal(await note.inputValue(), 'she calls back at two')
      await note.focus()
      await page.keyboard.press('Control+Enter')
      await until(async () => (await ask(server, `/v1/orders/${order.id}`)).holds.some(h => h.note === 'she calls back at two'))
    })
  },

  async 'today is where one begins; its numbers are those of the queues, and lead there'(world) {
    const { server } = world
    await waiting(server, 'T-home', 6)
    await signedIn(world, {}, async page => {
      await page.goto(server.url)
      await page.waitForURL(/today/)
      const { left } = await ask(server, '/v1/exceptions/counts')
      await page.getByRole('link', { name: `${left} Exceptions` }).waitFor()
      const { nodes } = await ask(server, '/v1/wave-outlook')
      await page.getByRole('link', { name: `${nodes.reduce((n, o) => n + o.orders, 0)} Wait for a wave` }).click()
      await page.waitForURL(/waves/)
      await page.locator('[role=grid]').waitFor()
      await page.keyboard.type('gt', { delay: 150 })
      await page.waitForURL(/today/)
    })
  },

  async 'the bar of a collection leads to the orders behind it, by keys, and from there to the wave'(world) {
    const { server, shots } = world
    await waiting(server, 'T-leave', 4, { ship_by: '2026-03-02T10:00:00Z' }) // late: they leave with the next collection
    const { nodes } = await ask(server, '/v1/today')
    const board = nodes.find(n => n.cutoffs.some(c => c.allocated > 0))
    const cutoff = board.cutoffs.find(c => c.allocated > 0)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/today`)
      const bar = page.locator(`[data-cutoff="${cutoff.at}"]`).first()
      await bar.focus()
      await page.keyboard.press('Enter')
      const drawer = page.getByRole('dialog')
      await drawer.getByRole('tab', { name: `Promised ${cutoff.allocated}` }).click()
      const want = await ask(server, `/v1/today/orders?node=${board.node}&cutoff=${cutoff.at}&status=allocated&limit=500`)
      await drawer.locator('[role=row] a').nth(want.orders.length - 1).waitFor()
      assert.equal(await drawer.locator('[role=row] a').count(), cutoff.allocated)
      assert.deepEqual(await accessibility(page), [], 'the orders of a collection')
      if (shots) await page.screenshot({ path: join(shots, 'today-leaving.png') })
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'detached' })
      assert.ok(await bar.evaluate(e => e === document.activeElement), 'the focus is back at the bar')
      await bar.press('Enter')
      await page.getByRole('link', { name: /for a wave/ }).last().click()
      await page.waitForURL(/waves.*view=/)
      await page.locator('[role=row] a').first().waitFor()
    })
  },

  async 'what could not be read is not called right'(world) {
    const { server } = world
    await signedIn(world, { expected: [/status of 422/] }, async page => {
      await page.route(/count-shipments|shipments\/counts/, route =>
        route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"status":422,"code":"api.refused","detail":"Refused here.","request_id":"req_1"}' }),
      )
      await page.goto(`${server.url}/today`)
      await page.getByText('Not everything could be read').waitFor()
      assert.equal(await page.getByText('Nothing is wrong.').count(), 0)
      await page.unroute(/count-shipments|shipments\/counts/)
      await page.getByRole('button', { name: /again|retry/i }).click()
      await page.getByText('Not everything could be read').waitFor({ state: 'detached' })
    })
  },

  async 'today can be used by everybody, in both languages, and on a telephone'(world) {
    const { server, shots } = world
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080], [360, 640]]) {
        await signedIn(world, { language, width, height }, async page => {
          await page.goto(`${server.url}/today`)
          await page.getByRole('link', { name: /Exceptions|异常单/ }).first().waitFor()
          await page.waitForTimeout(900)
          assert.deepEqual(await accessibility(page), [], 'today')
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it scrolls sideways')
          if (shots) await page.screenshot({ path: join(shots, `today-${language}-${width}.png`) })
        })
      }
    }
  },
}
