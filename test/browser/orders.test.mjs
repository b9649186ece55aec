import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, browser, scan, signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const held = server => ask(server, '/v1/orders?review=held').then(p => p.orders)
const review = (server, id) => ask(server, `/v1/orders/${id}`).then(o => o.review)
async function looked(page, name, shots) {
  assert.deepEqual(await accessibility(page), [], name)
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) })
}

/** An order with an act of review, made for one journey. */
async function newHeld(server, no) {
  const out = await ask(server, '/v1/orders', {
    method: 'POST',
    body: JSON.stringify({
      channel: 'webshop', order_no: no, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: '59.00',
      recipient_name: '王芳', phone: '13812345678', country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: '路',
      lines: [{ sku: 'HM01600', quantity: 1, unit_price: '59.00' }],
    }),
  })
  await until(async () => (await review(server, out.id)) === 'held')
  return out.id
}

export const journeys = {
  async 'a wrong password is refused in words, the right one opens the place that was asked for'({ server }) {
    const b = await browser({ expected: [/status of 40[13]/], language: 'zh-CN' })
    try {
      await b.page.goto(`${server.url}/orders?view=held`)
      await b.page.locator('input[name=login]').fill(server.login)
      await b.page.locator('input[name=password]').fill('wrong-password-1')
      await b.page.keyboard.press('Enter')
      assert.match(await b.page.locator('[role=alert]').first().innerText(), /[\u4e00-\u9fff]/)
      await b.page.locator('input[name=password]').fill(server.password)
      await b.page.keyboard.press('Enter')
      await b.page.locator('[role=grid]').waitFor()
      assert.match(b.page.url(), /view=held/)
      assert.deepEqual(b.problems, [])
    } finally {
      await b.close()
    }
  },

  async 'a reviewer lets an order go with one key, and takes it back with another'(world) {
    const { server } = world
    const id = await newHeld(server, 'B-approve-1')
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/orders/${id}`)
      await page.getByRole('button', { name: /Approve/ }).waitFor()
      await page.keyboard.press('a')
      await until(async () => (await review(server, id)) === 'approved')
      await page.getByText('approved').first().waitFor()
      await page.keyboard.press('z')
      await until(async () => (await ask(server, `/v1/orders/${id}`)).holds.some(h => !h.released_at))
    })
  },

  async 'scanning a bin on the list of orders approves nothing'(world) {
    const { server } = world
    await newHeld(server, 'B-scan-1')
    const before = (await held(server)).length
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/orders?view=held`)
      await page.locator('[role=row] a').first().waitFor()
      for (const ime of [false, true]) await scan(page, 'a-03-12-2', { ime })
      await page.locator('[role=row] a').first().click()
      await page.getByRole('button', { name: /Approve/ }).waitFor()
      for (const ime of [false, true]) await scan(page, 'a-03-12-2', { ime })
      await page.waitForTimeout(600)
      assert.equal((await held(server)).length, before)
      assert.match(page.url(), /orders\/ord_/)
    })
  },

  async 'an order is held with its reason, and undo releases that hold'(world) {
    const { server } = world
    const id = await newHeld(server, 'B-hold-1')
    await ask(server, `/v1/orders/${id}/approve`, { method: 'POST', body: '{}' })
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/orders/${id}`)
      await page.getByRole('button', { name: /^Hold/ }).waitFor()
      await page.keyboard.press('h')
      await page.locator('textarea').fill('asks for another colour')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await ask(server, `/v1/orders/${id}`)).holds.some(h => !h.released_at && h.note === 'asks for another colour'))
      await page.getByRole('button', { name: /Undo/ }).click()
      await until(async () => (await ask(server, `/v1/orders/${id}`)).holds.every(h => h.released_at))
    })
  },

  async 'what happens elsewhere is on the screen by itself'(world) {
    const { server } = world
    const id = await newHeld(server, 'B-live-1')
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/orders/${id}`)
      await page.locator('[data-live=live]').waitFor()
      await page.getByText('Release', { exact: true }).first().waitFor()
      await ask(server, `/v1/orders/${id}/approve`, { method: 'POST', body: '{}' })
      await page.getByText('Release', { exact: true }).first().waitFor({ state: 'detached', timeout: 3000 })
    })
  },

  async 'of many acts at once those that are refused stay selected, with the cause'(world) {
    const { server } = world
    const id = await newHeld(server, 'B-many-1')
    await signedIn(world, { expected: [/status of 409/] }, async page => {
      await page.goto(`${server.url}/orders`)
      await page.locator('[role=row] a').nth(3).waitFor()
      await page.keyboard.press('Control+a')
      await page.getByRole('button', { name: 'Approve' }).click()
      await page.locator('[data-failed]').first().waitFor()
      await until(async () => (await review(server, id)) === 'approved')
      await page.getByText(/refused/).first().waitFor()
    })
  },

  async 'filters, view and sorting are in the address, and a saved view keeps them'(world) {
    await signedIn(world, {}, async page => {
      await page.goto(`${world.server.url}/orders`)
      await page.locator('[role=grid]').waitFor()
      const delivery = page.getByRole('combobox', { name: 'Delivery', exact: true })
      await delivery.selectOption('delivered')
      await until(async () => /delivery=delivered/.test(page.url()))
      await page.getByRole('button', { name: /Save as view/ }).click()
      await page.locator('[role=dialog] input').fill('Arrived')
      await page.keyboard.press('Enter')
      await page.getByRole('tab', { name: 'Arrived' }).waitFor()
      await page.reload()
      assert.equal(await delivery.inputValue(), 'delivered')
    })
  },

  async 'every page of orders can be used by everybody, in both languages'(world) {
    const { server, shots } = world
    const id = await newHeld(server, 'B-axe-1')
    const shipped = (await ask(server, '/v1/orders?delivery=delivered')).orders[0].id
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080], [360, 640]]) {
        await signedIn(world, { language, width, height, expected: [/status of 404/] }, async page => {
          const look = name => looked(page, `${name}-${language}-${width}`, shots)
          for (const [name, path] of [['orders', '/orders'], ['nothing', '/orders?channel=none'], ['held', `/orders/${id}`], ['delivered', `/orders/${shipped}`], ['lost', '/nowhere'], ['missing', '/orders/ord_0000000000000']]) {
            await page.goto(server.url + path)
            await page.waitForTimeout(700)
            await look(name)
          }
          await page.goto(`${server.url}/orders/${id}`)
          await page.waitForTimeout(600)
          await page.keyboard.press('h')
          await page.locator('[role=dialog]').waitFor()
          await look('dialog')
        })
      }
    }
  },
}
