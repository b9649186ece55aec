import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const post = (server, path, body) => ask(server, path, { method: 'POST', body: JSON.stringify(body) })
const unreleased = async (server, id) => (await ask(server, `/v1/orders/${id}`)).fulfilments.filter(f => f.status === 'allocated')

/** Goods of which two warehouses have many. */
async function plenty(server) {
  const { levels } = await ask(server, '/v1/stock/levels?limit=500')
  const found = levels.find(l => l.nodes.filter(n => n.available >= 6).length > 1)
  assert.ok(found, 'no SKU is at two warehouses')
  return found.sku
}

/** An order of three units that a warehouse has promised and no wave has taken. */
async function newOrder(server, no, more = {}) {
  const out = await post(server, '/v1/orders', {
    channel: 'webshop', order_no: no, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: '177.00',
    recipient_name: '王芳', phone: '13812345678', country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: '文三路 100 号 3 幢 502 室',
    lines: [{ sku: await plenty(server), quantity: 3, unit_price: '59.00' }], ...more,
  })
  const decided = async () => (await ask(server, `/v1/orders/${out.id}`)).review
  await until(async () => ['passed', 'held'].includes(await decided()))
  if ((await decided()) === 'held') await post(server, `/v1/orders/${out.id}/approve`, {})
  await until(async () => (await unreleased(server, out.id)).length === 1)
  return out.id
}

export const journeys = {
  async 'an order is given to another warehouse by keys, with a reason, and one key takes it back'(world) {
    const { server } = world
    const id = await newOrder(server, 'B-move-1')
    const was = (await unreleased(server, id))[0].node
    const other = (await ask(server, `/v1/orders/${id}/candidates?unreleased=yes`)).candidates.find(c => c.node !== was && c.have >= 3 && c.cost).node
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/orders/${id}`)
      await page.getByText('Not in a wave yet').waitFor()
      await page.keyboard.press('w')
      const dialog = page.locator('[role=dialog]')
      await dialog.getByRole('radio', { name: other }).check()
      assert.equal(await dialog.getByRole('button', { name: /Ship from/ }).isEnabled(), false)
      await dialog.locator('textarea').fill('the other one is being counted')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await unreleased(server, id)).map(f => f.node).join() === other)
      await page.getByText(`B-move-1 ships from ${other}`).waitFor()
      const said = (await ask(server, `/v1/orders/${id}/timeline`)).events.find(e => e.kind === 'allocation.moved.v1')
      assert.equal(said.params.note, 'the other one is being counted')
      assert.deepEqual(said.params.hand.machine, [was])
      await page.keyboard.press('z')
      await until(async () => (await unreleased(server, id)).map(f => f.node).join() === was)
    })
  },

  async 'a parcel is split with v and put together with m, and an order that must stay whole asks for a yes'(world) {
    const { server } = world
    const id = await newOrder(server, 'B-split-1', { may_split: false })
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/orders/${id}`)
      await page.getByText('Not in a wave yet').waitFor()
      await page.keyboard.press('v')
      const dialog = page.locator('[role=dialog]')
      await dialog.getByRole('spinbutton').fill('1')
      const go = dialog.getByRole('button', { name: /Split off 1 unit/ })
      assert.equal(await go.isEnabled(), false)
      await dialog.getByRole('checkbox').check()
      await go.click()
      await until(async () => (await unreleased(server, id)).length === 2)
      await page.getByRole('button', { name: /^Merge/ }).waitFor()
      await page.keyboard.press('m')
      await until(async () => (await unreleased(server, id)).length === 1)
      await page.keyboard.press('z')
      await until(async () => (await unreleased(server, id)).length === 2)
      const split = (await ask(server, `/v1/orders/${id}/timeline`)).events.find(e => e.kind === 'allocation.split.v1')
      assert.equal(split.params.hand.split_allowed, true)
    })
  },

  async 'orders of one recipient are shown with what one parcel would save, held together, and said to go apart'(world) {
    const { server } = world
    const to = { recipient_name: '韩梅', phone: '13912340000', address: '解放路 7 号 1 幢 101 室' }
    const ids = [await newOrder(server, 'B-same-1', to), await newOrder(server, 'B-same-2', to)]
    const held = async () => (await Promise.all(ids.map(id => ask(server, `/v1/orders/${id}`)))).filter(o => o.holds.some(h => !h.released_at)).length
    const shown = async () => (await ask(server, '/v1/same-recipients?limit=500')).groups.filter(g => g.orders.some(o => o.order === ids[0])).length
    assert.equal(await shown(), 1)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/merge`)
      await page.getByText('B-same-1').first().click()
      await page.locator('[role=dialog] table').first().waitFor()
      await page.keyboard.press('h')
      await page.locator('textarea').fill('asking the shop for one order')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await held()) === 2)
      await page.locator('[role=dialog]').first().waitFor({ state: 'detached' })
      await page.keyboard.press('z')
      await until(async () => (await held()) === 0)
      await page.getByText('B-same-1').first().click()
      await page.locator('[role=dialog] table').first().waitFor()
      await page.keyboard.press('i')
      await until(async () => (await shown()) === 0)
      await page.keyboard.press('z')
      await until(async () => (await shown()) === 1)
    })
  },

  async 'the work by hand can be used by everybody, in both languages'(world) {
    const { server, shots } = world
    const id = await newOrder(server, 'B-axe-1', { may_split: false })
    await newOrder(server, 'B-axe-2')
    const [part] = await unreleased(server, id)
    await post(server, `/v1/fulfilments/${part.id}/split`, { lines: [{ seq: 1, quantity: 1 }], allow_split: true })
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height }, async page => {
          const look = async name => {
            await page.waitForTimeout(300)
            assert.deepEqual(await accessibility(page), [], `${name} ${language}`)
            if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${width}.png`) })
          }
          await page.goto(`${server.url}/orders/${id}`)
          await page.getByRole('checkbox').first().waitFor()
          await look('byhand-order')
          await page.keyboard.press('w')
          await page.locator('[role=dialog] table').first().waitFor()
          await page.getByRole('spinbutton').fill('1')
          await look('byhand-move')
          await page.keyboard.press('Escape')
          await page.keyboard.press('v')
          await page.locator('[role=dialog] table').first().waitFor()
          await look('byhand-split')
          await page.goto(`${server.url}/merge`)
          await page.getByText('B-axe-1').first().click()
          await page.locator('[role=dialog] table').first().waitFor()
          await look('byhand-same')
          await page.goto(`${server.url}/merge`)
          await page.getByText('B-axe-1').first().waitFor()
          await look('byhand-merge')
          await page.route('**/v1/same-recipients*', r => r.fulfill({ json: { groups: [], currency: 'CNY' } }))
          await page.goto(`${server.url}/merge?view=apart`)
          await page.getByRole('tab').first().waitFor()
          await look('byhand-empty')
        })
      }
    }
  },
}
