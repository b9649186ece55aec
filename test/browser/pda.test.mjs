import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, browser, scan } from './page.mjs'
import { ask } from './server.mjs'

const handheld = { width: 360, height: 640 }

async function shift(page, server) {
  await page.goto(`${server.url}/pda`)
  await page.locator('input[name=login]').fill(server.login)
  await page.locator('input[name=password]').fill(server.password)
  await page.keyboard.press('Enter')
  await page.locator('select').selectOption({ index: 1 })
  await page.locator('main button').first().click()
  await page.locator('main a').first().waitFor()
}

async function looked(page, name, shots) {
  assert.deepEqual(await accessibility(page), [], name)
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) })
}

export const journeys = {
  async 'a scan on the handheld is answered in colour, and a wrong one stays red until the next right one'({ server, shots }) {
    const { skus } = await ask(server, '/v1/skus?limit=1')
    for (const language of ['en', 'zh-CN']) {
      const b = await browser({ ...handheld, language, expected: [/status of 40[14]/] })
      const flash = result => b.page.locator(`[data-flash=${result}]`).waitFor({ state: 'attached', timeout: 3000 })
      try {
        await shift(b.page, server)
        await looked(b.page, `pda-tasks-${language}`, shots)
        await b.page.locator('a[href$="/look-up"]').click()
        await b.page.locator('[data-scan-prompt]').waitFor()
        await scan(b.page, 'nothing1')
        await flash('wrong')
        await looked(b.page, `pda-wrong-${language}`, shots)
        await b.page.waitForTimeout(700)
        await flash('wrong')
        await scan(b.page, skus[0].sku, { ime: true })
        await flash('right')
        await b.page.getByText(skus[0].sku).first().waitFor()
        await b.page.waitForTimeout(600)
        await looked(b.page, `pda-look-up-${language}`, shots)
        assert.deepEqual(b.problems, [])
      } finally {
        await b.close()
      }
    }
  },

  async 'the handheld begins without a network, as who was last here'({ server }) {
    const b = await browser({ ...handheld, expected: [/status of 401/, /ERR_INTERNET_DISCONNECTED/, /Failed to fetch/] })
    try {
      await shift(b.page, server)
      await b.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
      await b.page.waitForTimeout(1000)
      await b.context.setOffline(true)
      await b.page.reload()
      await b.page.locator('h1', { hasText: 'admin' }).waitFor({ timeout: 8000 })
      await b.context.setOffline(false)
      assert.deepEqual(b.problems, [])
    } finally {
      await b.close()
    }
  },
}
