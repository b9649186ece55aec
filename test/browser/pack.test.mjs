import assert from 'node:assert/strict'
import { join } from 'node:path'
import { allocated, burst as scan, looked, picked, post, printer, shipments } from './desk.mjs'
import { signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const three = [['HM01600', 2], ['HM01601', 1], ['BE00338', 1]]
const flash = (page, result) => page.locator(`[data-flash=${result}]`).waitFor({ state: 'attached', timeout: 4000 })
const stage = (page, name) => page.locator(`[data-stage=${name}]`).waitFor({ timeout: 8000 })

async function code(server, sku) {
  const { skus } = await ask(server, `/v1/skus?q=${sku}&limit=500`)
  return skus.find(s => s.sku === sku)?.barcodes?.split('|')[0]?.split('*')[0] ?? sku
}

/** Scans every piece of a fulfilment by the bar codes of its goods. */
async function scanAll(page, server, lines) {
  for (const [sku, quantity] of lines) {
    for (let i = 0; i < quantity; i++) {
      await scan(page, await code(server, sku))
      await page.waitForTimeout(120)
    }
  }
}

const expectedG = async (server, fulfilment) => (await ask(server, `/v1/fulfilments/${fulfilment}/proposal`)).parcels.map(p => p.expected_g)

/** From the tote to the label in hand, without a click. */
async function packed(page, server, o, lines, weigh = g => `${g}`) {
  const weights = await expectedG(server, o.fulfilment)
  await scan(page, o.fulfilment)
  await stage(page, 'items')
  await scanAll(page, server, lines)
  for (const g of weights) {
    await stage(page, 'box')
    await page.keyboard.press('1')
    await stage(page, 'weigh')
    await page.keyboard.type(weigh(g), { delay: 90 })
    await page.keyboard.press('Enter')
  }
  await stage(page, 'label')
}

export const journeys = {
  async 'a packer takes three lines from the tote to the closed parcel by scans alone, and the label prints itself'(world) {
    const { server } = world
    const o = await picked(server, three)
    const p = await printer()
    const { id } = await post(server, '/v1/printers', { node: o.node, name: `Z-${o.no}`, station: 'bench-1', kind: 'raw', address: p.address, format: 'zpl', enabled: true })
    try {
      await signedIn(world, {}, async page => {
        await page.addInitScript(() => localStorage.setItem('packhorse.station', '"bench-1"'))
        await page.goto(`${server.url}/pack`)
        await stage(page, 'open')
        await packed(page, server, o, three)
        await page.locator('[data-label=printed]').waitFor({ timeout: 20000 })
        assert.equal(p.labels.length, 1)
        const [s] = await shipments(server, o.fulfilment)
        assert.equal(s.status, 'labelled')
        await page.keyboard.press('F2')
        await page.keyboard.press('2')
        await until(async () => p.labels.length === 2, 15000)
        await page.locator('[data-label=printed]').waitFor({ timeout: 20000 })
        await scan(page, 'NOTTHIS123')
        await flash(page, 'wrong')
        await scan(page, s.waybill)
        await stage(page, 'open')
        const f = await ask(server, `/v1/fulfilments/${o.fulfilment}`)
        assert.equal(f.status, 'packed')
        assert.equal(f.parcels.length, 1)
        assert.ok(f.parcels[0].weight_g > 0)
        const { events } = await ask(server, `/v1/orders/${o.id}/timeline`)
        assert.ok(events.some(e => e.kind === 'printing.reprinted.v1'))
        assert.ok(events.some(e => e.kind === 'pack.packed.v1' && e.params.scans === 4))
      })
    } finally {
      await post(server, '/v1/printers', { id, node: o.node, name: `Z-${o.no}`, station: 'bench-1', kind: 'raw', address: p.address, format: 'zpl', enabled: false })
      p.close()
    }
  },

  async 'a wrong article, one too many, and a weight that is off do not go on'(world) {
    const { server } = world
    const o = await picked(server, [['HM01600', 1]])
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/pack`)
      await stage(page, 'open')
      await scan(page, o.fulfilment)
      await stage(page, 'items')
      await scan(page, await code(server, 'HM01601'))
      await flash(page, 'wrong')
      await scan(page, await code(server, 'HM01600'), { ime: true })
      await stage(page, 'box')
      await scan(page, 'PH-BOX1')
      await stage(page, 'weigh')
      await page.keyboard.type('29999', { delay: 70 })
      await page.keyboard.press('Enter')
      await flash(page, 'wrong')
      await stage(page, 'weigh')
      assert.equal((await ask(server, `/v1/fulfilments/${o.fulfilment}`)).status, 'picked')
      await scan(page, 'PH-NOSCALE')
      await stage(page, 'label')
      assert.equal((await ask(server, `/v1/fulfilments/${o.fulfilment}`)).status, 'packed')
    })
  },

  async 'a cancellation stops the goods on the bench, and Enter puts them aside'(world) {
    const { server } = world
    const o = await picked(server, [['HM01600', 1]])
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/pack`)
      await page.locator('[data-live=live]').waitFor()
      await stage(page, 'open')
      await scan(page, o.fulfilment)
      await stage(page, 'items')
      await post(server, `/v1/orders/${o.id}/cancel`, { reason: 'customer' })
      await stage(page, 'stopped')
      await flash(page, 'stop')
      const stops = async () => (await ask(server, '/v1/stops?limit=500')).stops.filter(s => s.fulfilment === o.fulfilment)
      assert.equal((await stops()).length, 1)
      await page.keyboard.press('Enter')
      await stage(page, 'open')
      await until(async () => (await stops()).length === 0)
    })
  },

  async 'a hold that comes after the label stops the parcel at its last scan'(world) {
    const { server } = world
    const lines = [['HM01600', 1]]
    const o = await picked(server, lines)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/pack`)
      await stage(page, 'open')
      await packed(page, server, o, lines)
      await until(async () => (await shipments(server, o.fulfilment)).some(s => s.waybill), 20000)
      await post(server, `/v1/orders/${o.id}/hold`, { reason: 'order.hold.manual', note: 'address' })
      await stage(page, 'stopped')
    })
  },

  async 'three orders of one recipient go into one parcel: asked for by key, packed by scans, one of them left behind'(world) {
    const { server, shots } = world
    const to = { recipient_name: '赵敏', phone: '13722220001', address: '凤起路 8 号 2 幢 301 室' }
    const list = []
    // What other journeys brought elsewhere may send one of them to another warehouse: then another one is ordered.
    for (const [sku, n] of three) {
      let o
      for (let i = 0; i < 4 && (i === 0 || (list.length > 0 && o.node !== list[0].node)); i++) o = await allocated(server, [[sku, n]], to)
      list.push(o)
    }
    assert.equal(new Set(list.map(o => o.node)).size, 1, 'one warehouse has them all')
    const [a, b, c] = list
    const shared = async () => (await ask(server, '/v1/same-recipients/together?limit=500')).parcels.filter(p => p.members.some(m => m.order === a.id))
    const at = async () => (await ask(server, '/v1/same-recipients?limit=500')).groups.findIndex(g => g.orders.some(o => o.order === a.id))
    await signedIn(world, {}, async page => {
      // The group may stand below the edge: others have more to save.
      const open = async () => {
        await until(async () => (await at()) >= 0)
        await page.goto(`${server.url}/merge`)
        await page.locator('[role=row][id]').first().waitFor()
        for (let i = await at(); i >= 0; i--) await page.keyboard.press('j')
        await page.keyboard.press('Enter')
        await page.locator('[role=dialog]').getByText(a.no).first().waitFor()
      }
      await open()
      await page.keyboard.press('p')
      await until(async () => (await shared()).length === 1)
      await page.locator('[role=dialog]').first().waitFor({ state: 'detached' })
      await page.keyboard.press('z')
      await until(async () => (await shared()).length === 0)
      await open()
      await page.keyboard.press('p')
      await until(async () => (await shared())[0]?.members.length === 3)
      await page.goto(`${server.url}/merge?view=together`)
      await page.getByText(b.no).first().waitFor()
      await looked(page, 'merge-together', shots)

      for (const o of [a, b]) {
        await post(server, `/v1/fulfilments/${o.fulfilment}/release`)
        await post(server, `/v1/fulfilments/${o.fulfilment}/pick`)
      }
      await page.goto(`${server.url}/pack`)
      await stage(page, 'open')
      await scan(page, b.fulfilment)
      await stage(page, 'waiting')
      await page.getByText(c.no).first().waitFor()
      await looked(page, 'pack-waiting', shots)
      await page.keyboard.press('F8')
      await stage(page, 'items')
      assert.equal((await shared())[0].members.length, 2)
      await scan(page, a.fulfilment)
      await flash(page, 'right')
      await looked(page, 'pack-together', shots)
      await scanAll(page, server, [three[1], three[0]])
      await stage(page, 'box')
      const [g] = await expectedG(server, b.fulfilment)
      await page.keyboard.press('1')
      await stage(page, 'weigh')
      await page.keyboard.type(`${g}`, { delay: 90 })
      await page.keyboard.press('Enter')
      await stage(page, 'label')
      await until(async () => (await shipments(server, b.fulfilment)).some(s => s.status === 'labelled'), 30000)
      const [[x], [y]] = await Promise.all([a, b].map(o => shipments(server, o.fulfilment)))
      assert.equal(x.waybill, y.waybill)
      assert.equal([x, y].filter(s => s.with).length, 1)
      await page.goto(`${server.url}/orders/${b.id}`)
      await page.getByText(a.no).first().waitFor()
      await looked(page, 'order-together', shots)
    })
  },

  async 'what is not picked is not packed, and says so'(world) {
    const { server } = world
    const o = await allocated(server, [['HM01600', 1]])
    await signedIn(world, { expected: [/status of 404/] }, async page => {
      await page.goto(`${server.url}/pack`)
      await stage(page, 'open')
      await scan(page, o.fulfilment)
      await flash(page, 'wrong')
      await stage(page, 'open')
      await scan(page, 'NOTHING-7')
      await flash(page, 'wrong')
    })
  },

  async 'the bench can be read by everybody, in both languages'(world) {
    const { server, shots } = world
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        const o = await picked(server, three)
        await signedIn(world, { language, width, height }, async page => {
          const look = name => looked(page, `pack-${name}-${language}-${width}`, shots)
          await page.goto(`${server.url}/pack`)
          await stage(page, 'open')
          await look('empty')
          await scan(page, o.fulfilment)
          await stage(page, 'items')
          await scan(page, await code(server, 'HM01600'))
          await page.waitForTimeout(600)
          await look('items')
          await scan(page, 'WRONG-1234')
          await page.waitForTimeout(200)
          await look('wrong')
          await scanAll(page, server, [['HM01600', 1], ['HM01601', 1], ['BE00338', 1]])
          await page.waitForTimeout(600)
          await look('box')
          await page.keyboard.press('1')
          await stage(page, 'weigh')
          await page.waitForTimeout(600)
          await look('weigh')
          await scan(page, 'PH-NOSCALE')
          await stage(page, 'label')
          await page.waitForTimeout(3500)
          await look('label')
          await post(server, `/v1/orders/${o.id}/hold`, { reason: 'order.hold.manual', note: 'x' })
          await stage(page, 'stopped')
          await page.waitForTimeout(3000)
          await look('stopped')
        })
      }
    }
    if (shots) {
      await signedIn(world, { language: 'zh-CN' }, async page => {
        await page.goto(`${server.url}/pack`)
        await page.evaluate(() => (window.print = () => {}))
        await page.getByRole('button', { name: /指令条码/ }).click()
        await page.pdf({ path: join(shots, 'pack-sheet.pdf'), format: 'A4' })
      })
    }
  },
}
