import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, scan, signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const post = (server, path, body = {}) => ask(server, path, { method: 'POST', body: JSON.stringify(body) })
const outlook = async server => (await ask(server, '/v1/wave-outlook')).nodes
const waits = async server => (await outlook(server)).reduce((n, o) => n + o.orders, 0)

/** Orders that pass review and are promised by a warehouse; gives the one where most of them wait. */
export async function waiting(server, mark, n, more = {}) {
  const skus = (await ask(server, '/v1/skus?limit=60')).skus.map(s => s.sku)
  const before = await waits(server)
  for (let i = 0; i < n; i++) {
    const lines = [0, 1].slice(0, 1 + (i % 2)).map(k => ({ sku: skus[(i * 5 + k * 11) % skus.length], quantity: 1 + (i % 2), unit_price: '990.00' }))
    const paid = 990 * (1 + (i % 2)) * lines.length
    await post(server, '/v1/orders', {
      channel: 'webshop', order_no: `${mark}-${i}`, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: `${paid}.00`,
      recipient_name: '王芳', phone: `137${mark.length}${String(Date.now()).slice(-5)}${String(i).padStart(2, '0')}`, country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区',
      address: `${mark} 文三路 ${i} 号 ${i} 单元 ${500 + i} 室`, lines, ...more,
    })
  }
  await until(async () => (await waits(server)) > before, 15_000)
  return (await outlook(server)).reduce((a, b) => (a.orders > b.orders ? a : b)).node
}

export const journeys = {
  async 'what is selected becomes a wave with one key, and its page tells how far it is'(world) {
    const { server } = world
    const node = await waiting(server, 'W-build', 12)
    const before = (await outlook(server)).find(o => o.node === node).orders
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/waves?node=${node}`)
      await page.locator('[role=row] a').first().waitFor()
      await page.keyboard.press('Control+a')
      await page.getByText(/selected/).waitFor()
      await page.keyboard.press('Control+Enter')
      await page.waitForURL(/waves\/wav_/)
      const id = page.url().split('/').at(-1)
      const wave = await ask(server, `/v1/waves/${id}`)
      assert.equal(wave.method, 'batch')
      assert.equal(wave.orders, before)
      await page.getByText('0%', { exact: true }).waitFor()
      await page.locator('[data-live=live]').waitFor()
      const task = await ask(server, `/v1/tasks/${wave.walks[0].task}`)
      for (const l of task.lines) await post(server, `/v1/fulfilments/${l.fulfilment}/pick`, { picker: 'wang', lines: [{ seq: l.seq, picked: l.quantity }] })
      const live = await ask(server, `/v1/waves/${id}`)
      assert.equal(live.progress.closed, task.lines.length)
      await page.getByText(`${Math.floor((100 * live.progress.closed) / live.progress.lines)}%`, { exact: true }).waitFor()
      await page.getByText('wang').first().waitFor()
    })
  },

  async 'a template is written, released at once, and a walk of it is assigned and an order pulled'(world) {
    const { server } = world
    const node = await waiting(server, 'W-tpl', 8)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/waves?node=${node}`)
      await page.getByRole('button', { name: 'Add' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.locator('input[name=name]').fill('Evening')
      await dialog.locator('select[name=method]').selectOption('discrete')
      await dialog.locator('select[name=enabled]').selectOption('off')
      await page.keyboard.press('Control+Enter')
      await dialog.waitFor({ state: 'detached' })
      const [template] = (await ask(server, '/v1/wave-templates')).templates.filter(t => t.name === 'Evening')
      assert.equal(template.enabled, false)
      await page.getByRole('button', { name: 'Release now' }).last().click()
      await page.waitForURL(/waves\/wav_/)
      const id = page.url().split('/').at(-1)
      assert.equal((await ask(server, `/v1/waves/${id}`)).template, template.id)

      await page.getByRole('button', { name: 'Assign' }).first().click()
      await page.getByRole('dialog').locator('input[name=picker]').fill('zhang')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await ask(server, `/v1/waves/${id}`)).pickers.some(p => p.picker === 'zhang'))

      const [first] = (await ask(server, `/v1/waves/${id}/orders`)).orders
      await page.getByRole('button', { name: `Pull ${first.external_no}` }).click()
      await page.getByRole('menuitem', { name: /Send to another/ }).click()
      await page.getByRole('dialog').locator('textarea').fill('the bin is blocked')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await ask(server, `/v1/fulfilments/${first.fulfilment}`)).status === 'rejected')
    })
  },

  async 'scans release nothing'(world) {
    const { server } = world
    const node = await waiting(server, 'W-scan', 3)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/waves?node=${node}`)
      await page.locator('[role=row] a').first().waitFor()
      await page.keyboard.press('Control+a')
      const before = await waits(server)
      for (const ime of [false, true]) await scan(page, 'b-03-12-d', { ime })
      await page.waitForTimeout(600)
      assert.equal(await waits(server), before)
    })
  },

  async 'waves can be used by everybody, in both languages and every state'(world) {
    const { server, shots } = world
    const node = await waiting(server, 'W-axe', 6)
    const wave = (await ask(server, '/v1/waves?limit=1')).waves[0].id
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height, expected: [/status of 404/] }, async page => {
          const look = async name => {
            await page.waitForTimeout(500)
            assert.deepEqual(await accessibility(page), [], name)
            if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${width}.png`) })
          }
          await page.goto(`${server.url}/waves?node=${node}`)
          await page.locator('[role=row] a').first().waitFor()
          await page.keyboard.press('Control+a')
          await look('waves-selected')
          await page.locator('aside button').first().click()
          await look('waves-template')
          await page.goto(`${server.url}/waves?node=${node}&tab=released`)
          await look('waves-released')
          await page.goto(`${server.url}/waves?node=${node}&cutoff=none`)
          await look('waves-empty')
          await page.goto(`${server.url}/waves/${wave}`)
          await look('wave')
          await page.goto(`${server.url}/waves/wav_0000000000000`)
          await look('wave-missing')
        })
      }
    }
  },
}
