import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, scan, signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const versions = (server, code) => ask(server, `/v1/rules/${code}/versions?limit=20`).then(p => p.rules)
export const journeys = {
  async 'a rule is written with the inputs at hand, tried on the newest orders, published, and put back with one key'(world) {
    const { server } = world
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/rules`)
      await page.locator('[role=row]').nth(2).waitFor()
      await page.keyboard.press('n')
      await page.getByLabel(/^Name/).fill('Dear orders')
      await page.getByLabel(/^Code/).fill('dear')
      await page.getByRole('textbox', { name: 'Search' }).fill('total')
      await page.getByRole('button', { name: /order\.total/ }).first().click()
      await page.keyboard.type(' > 0')
      await page.getByLabel(/Reason the reviewer/).fill('dear')
      await page.getByRole('button', { name: /Try on/ }).click()
      await page.getByText(/Of the newest/).waitFor()
      assert.equal((await versions(server, 'dear')).length, 0, 'a trial keeps nothing')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await versions(server, 'dear')).length === 1)
      const [saved] = await versions(server, 'dear')
      assert.equal(saved.expr, 'order.total > 0')
      assert.deepEqual(saved.params, { text: '"dear"' })
      await page.waitForURL(/\/rules\/dear/)
      await page.getByLabel(/^Priority/).fill('7')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await versions(server, 'dear'))[0].priority === 7)
      await page.locator('h2').first().click()
      await page.keyboard.press('z')
      await until(async () => (await versions(server, 'dear'))[0].version === 3)
      assert.equal((await versions(server, 'dear'))[0].priority, 50)
    })
  },

  async 'a rule is switched off in the list and on again by undo, and a scan switches nothing'(world) {
    const { server } = world
    const rule = code => ask(server, '/v1/rules').then(p => p.rules.find(r => r.id === code))
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/rules`)
      await page.locator('[role=row] input[type=checkbox]').first().waitFor()
      const before = (await ask(server, '/v1/rules')).rules
      for (const ime of [false, true]) await scan(page, 'n-t-03-12-2', { ime })
      assert.deepEqual((await ask(server, '/v1/rules')).rules, before)
      const first = before[0]
      await page.locator('[role=row] input[type=checkbox]').first().click()
      await until(async () => (await rule(first.id)).enabled !== first.enabled)
      await page.getByRole('button', { name: /Undo/ }).first().waitFor()
      await page.keyboard.press('z')
      await until(async () => (await rule(first.id)).enabled === first.enabled)
    })
  },

  async 'a condition that cannot be read is told at its field'(world) {
    await signedIn(world, { expected: [/status of 422/], language: 'zh-CN' }, async page => {
      await page.goto(`${world.server.url}/rules/same_ip`)
      await page.locator('textarea').fill('order.totall > 1')
      await page.locator('h2').first().click()
      await page.keyboard.press('t')
      await page.locator('textarea[aria-invalid=true]').waitFor()
    })
  },

  async 'the pages of rules can be used by everybody, in both languages'(world) {
    const { server, shots } = world
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height }, async page => {
          const look = async name => {
            assert.deepEqual(await accessibility(page), [], `${name} ${language}`)
            if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${width}.png`) })
          }
          await page.goto(`${server.url}/rules`)
          await page.locator('[role=row]').nth(2).waitFor()
          await page.waitForTimeout(300)
          await look('rules')
          await page.goto(`${server.url}/rules/same_ip`)
          await page.locator('textarea').waitFor()
          await page.keyboard.press('t')
          await page.getByRole('status').filter({ hasText: /\d/ }).first().waitFor()
          await page.waitForTimeout(300)
          await look('rule')
          await page.goto(`${server.url}/rules/new`)
          await page.locator('textarea').waitFor()
          await look('rule-new')
          await page.goto(`${server.url}/rules/nothing`)
          await page.waitForTimeout(500)
          await look('rule-unknown')
        })
      }
    }
  },
}
