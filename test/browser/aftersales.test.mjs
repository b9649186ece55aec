import assert from 'node:assert/strict'
import { burst, labelled, looked, post } from './desk.mjs'
import { signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const lines = [['HM01600', 2]]

/** A parcel that left; with tell, what the carrier says of it. */
async function gone(server, what = lines, tell = '') {
  const o = await labelled(server, what)
  await post(server, '/v1/handovers', { waybills: [o.waybill], node: o.node })
  if (tell) await track(server, o, tell)
  return o
}

async function track(server, o, code) {
  const { carrier, handed_over_at: now } = (await ask(server, `/v1/fulfilments/${o.fulfilment}`)).shipments.find(s => s.waybill === o.waybill)
  await post(server, '/v1/tracks', { carrier, waybill: o.waybill, scans: [{ at: now, code, text: '快件异常', place: '杭州转运中心' }] })
}

const open = (server, o, more = {}) => post(server, `/v1/orders/${o.id}/returns`, { kind: 'return', reason: 'damaged', ...more })
const caseOf = (server, id) => ask(server, `/v1/returns/${id}`)
const stage = (page, name) => page.locator(`[data-stage=${name}]`).waitFor({ timeout: 8000 })

export const journeys = {
  async 'a case is approved with a key, the parcel is scanned and graded with keys, and the money is asked for'(world) {
    const { server } = world
    const o = await gone(server)
    let c = await open(server, o)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/returns/${c.id}`)
      await page.getByText(c.id).first().waitFor()
      if (c.status === 'requested') {
        await page.keyboard.press('a')
        await page.locator('[role=dialog]').waitFor()
        await page.keyboard.press('Control+Enter')
        await until(async () => (await caseOf(server, c.id)).status === 'approved')
        await page.locator('[role=dialog]').waitFor({ state: 'detached' })
      }
      await page.addInitScript(() => localStorage.setItem('packhorse.warehouse', '"JX"'))
      await page.goto(`${server.url}/inspect`)
      await stage(page, 'open')
      await burst(page, o.waybill)
      await stage(page, 'grade')
      await page.keyboard.press('1')
      await until(async () => (await caseOf(server, c.id)).units.some(u => u.grade === 'A'))
      await stage(page, 'grade')
      await page.waitForTimeout(500)
      await burst(page, 'PH-GRADE5')
      await stage(page, 'open')
      c = await caseOf(server, c.id)
      assert.equal(c.status, 'inspected')
      assert.deepEqual(c.units.map(u => u.fate).sort(), ['quarantine', 'restock'])
      await page.goto(`${server.url}/returns/${c.id}`)
      await page.getByText(c.id).first().waitFor()
      await page.waitForTimeout(400)
      if (c.refunds.length === 0) {
        await page.keyboard.press('m')
        await page.locator('[role=dialog] input').first().waitFor()
        await page.keyboard.press('Control+Enter')
        await until(async () => (await caseOf(server, c.id)).refunds.length > 0)
      }
      const { refunds } = await caseOf(server, c.id)
      assert.ok(Number(refunds[0].amount) > 0)
    })
  },

  async 'a parcel that nobody announced goes into the pool with what is in it'(world) {
    const { server } = world
    const waybill = `UNK${Date.now()}`
    await signedIn(world, {}, async page => {
      await page.addInitScript(() => localStorage.setItem('packhorse.warehouse', '"JX"'))
      await page.goto(`${server.url}/inspect`)
      await stage(page, 'open')
      await burst(page, waybill)
      await stage(page, 'unknown')
      await burst(page, 'HM01601')
      await page.getByText('HM01601').first().waitFor()
      await page.waitForTimeout(500)
      await page.keyboard.press('Enter')
      await stage(page, 'pooled')
      const { parcels } = await ask(server, '/v1/unknown-parcels?limit=500')
      const mine = parcels.find(p => p.waybill === waybill)
      assert.equal(mine.units.reduce((n, u) => n + u.quantity, 0), 1)
    })
  },

  async 'parcels in trouble are listed by what is wrong, and one is sent again'(world) {
    const { server } = world
    const o = await gone(server, [['HM01600', 1]], '2')
    await gone(server, [['HM01600', 1]], '6')
    const { views } = await ask(server, '/v1/shipments/counts')
    assert.ok(views.failed >= 1 && views.returning >= 1 && views.any >= 2)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/shipments?view=failed`)
      await page.getByText(o.waybill).first().waitFor()
      await page.keyboard.press('End')
      await page.getByText(o.waybill).first().click()
      await page.locator('[role=dialog]').waitFor()
      await page.getByText('杭州转运中心').waitFor()
      await page.getByRole('button', { name: 'Send again' }).click()
      await page.locator('form#case').waitFor()
      await page.keyboard.press('Control+Enter')
      await until(async () => (await ask(server, `/v1/returns?order=${o.id}`)).cases.some(c => c.kind === 'reship'))
    })
  },

  async 'who calls is found by the end of the telephone number, and seen in full only for a purpose on record'(world) {
    const { server } = world
    const tail = String(Date.now()).slice(-8)
    const o = await labelled(server, [['HM01600', 1]], { phone: `139${tail}`, recipient_name: '欧阳美丽' })
    const second = await labelled(server, [['HM01600', 1]], { phone: `139${tail}`, recipient_name: '欧阳美丽' })
    await until(async () => (await ask(server, `/v1/search?q=${second.waybill}`)).orders.some(x => x.id === second.id), 20000)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/customer`)
      await page.locator('input[type=search]').fill(o.waybill)
      await page.getByText(second.no).first().waitFor()
      await page.getByText(o.no).first().waitFor()
      assert.equal(await page.getByText(`139${tail}`).count(), 0)
      await page.getByRole('button', { name: 'Show in full' }).click()
      await page.locator('select[name=purpose]').selectOption('delivery_problem')
      await page.keyboard.press('Control+Enter')
      await page.getByText(`139${tail}`).first().waitFor()
      const { entries } = await ask(server, '/v1/audit?limit=20')
      assert.ok(entries.some(e => e.act === 'reveal-order' && e.purpose === 'delivery_problem'))
    })
  },

  async 'lists, cases, inspection and customers can be used by everybody, in both languages'(world) {
    const { server, shots } = world
    const o = await gone(server, lines, '14')
    const c = await open(server, o, { note: '外包装完好，但毛巾有一条脱线，客户要求退货并补偿运费；附照片三张。' })
    const other = await gone(server)
    const ex = await open(server, other, { kind: 'exchange', reason: 'wrong_item' })
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height, expected: [/status of 404/] }, async page => {
          const look = name => looked(page, `${name}-${language}-${width}`, shots)
          await page.goto(`${server.url}/inspect`)
          await page.waitForTimeout(900)
          await look('inspect-where')
          await page.getByRole('button', { name: /^JX/ }).click()
          const pages = [['shipments', '/shipments'], ['shipments-none', '/shipments?view=lost'], ['aftersales', '/returns?view=all'], ['refunds', '/returns?view=refund-requested'],
            ['case', `/returns/${c.id}`], ['case-exchange', `/returns/${ex.id}`], ['case-missing', '/returns/rma_0000000000000'], ['customer-empty', '/customer'],
            ['customer', `/customer?q=${o.waybill}&order=${o.id}`], ['customer-none', '/customer?q=zzzzzz'], ['inspect', '/inspect'], ['inspect-case', `/inspect?case=${other.waybill}`]]
          for (const [name, path] of pages) {
            await page.goto(server.url + path)
            await page.waitForTimeout(1100)
            await look(name)
          }
          await page.goto(`${server.url}/inspect`)
          await stage(page, 'open')
          await burst(page, 'UNKNOWN-77')
          await stage(page, 'unknown')
          await page.waitForTimeout(500)
          await look('inspect-unknown')
          await page.goto(`${server.url}/shipments?open=${(await ask(server, '/v1/shipments?limit=1')).shipments[0].id}`)
          await page.locator('[role=dialog]').waitFor()
          await page.waitForTimeout(700)
          await look('shipment')
          await page.goto(`${server.url}/returns/${c.id}`)
          await page.waitForTimeout(700)
          await page.keyboard.press('m')
          await page.locator('[role=dialog] input').first().waitFor()
          await page.waitForTimeout(300)
          await look('refund-dialog')
        })
      }
    }
  },
}
