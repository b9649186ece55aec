import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, scan, signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

/** An order for more than there is. */
async function newOwed(server, no) {
  const out = await ask(server, '/v1/orders', {
    method: 'POST',
    body: JSON.stringify({
      channel: 'webshop', order_no: no, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: '590000.00',
      recipient_name: '王芳', phone: '13812345678', country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: '文三路 100 号 3 幢 502 室',
      lines: [{ sku: 'HM01600', quantity: 10000, unit_price: '59.00' }],
    }),
  })
  await until(async () => (await ask(server, `/v1/orders/${out.id}`)).fulfilment === 'backordered' || (await ask(server, `/v1/orders/${out.id}`)).review === 'held')
  if ((await ask(server, `/v1/orders/${out.id}`)).review === 'held') await ask(server, `/v1/orders/${out.id}/approve`, { method: 'POST', body: '{}' })
  await until(async () => (await ask(server, `/v1/orders/${out.id}`)).fulfilment === 'backordered')
  return out.id
}

export const journeys = {
  async 'a back-order shows every warehouse with what it has and why not, and is decided again with one key'(world) {
    const { server } = world
    const id = await newOwed(server, 'A-owed-1')
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/allocation`)
      const row = page.locator('[role=row]', { hasText: 'A-owed-1' })
      await row.locator(`a[href="/orders/${id}"]`).waitFor()
      await row.locator('[role=gridcell]').nth(3).click()
      await page.locator('[role=dialog] table').first().waitFor()
      const outlook = await ask(server, `/v1/orders/${id}/candidates`)
      const text = await page.locator('[role=dialog]').innerText()
      for (const c of outlook.candidates) assert.ok(text.includes(c.node), c.node)
      assert.match(page.url(), /open=ord_/)
      for (const ime of [false, true]) await scan(page, 'a-03-12-2', { ime })
      await page.keyboard.press('r')
      await page.getByText(/Decided again|Allocated;/).first().waitFor()
      const events = (await ask(server, `/v1/orders/${id}/timeline`)).events
      assert.ok(events.some(e => e.kind.startsWith('allocation.backordered')))
    })
  },

  async 'the page of allocation can be used by everybody, in both languages'(world) {
    const { server, shots } = world
    await newOwed(server, 'A-axe-1')
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height }, async page => {
          const look = async name => {
            assert.deepEqual(await accessibility(page), [], `${name} ${language}`)
            if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${width}.png`) })
          }
          await page.goto(`${server.url}/allocation`)
          await page.getByText('A-axe-1').first().waitFor()
          await page.waitForTimeout(300)
          await look('allocation')
          await page.locator('[role=row]', { hasText: 'A-axe-1' }).locator('[role=gridcell]').nth(3).click()
          await page.locator('[role=dialog] table').first().waitFor()
          await page.waitForTimeout(300)
          await look('allocation-why')
          await page.goto(`${server.url}/allocation?view=waiting`)
          await page.waitForTimeout(700)
          await look('allocation-empty')
        })
      }
    }
  },
}
