import assert from 'node:assert/strict'
import { burst, labelled, looked, post } from './desk.mjs'
import { signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const flash = (page, result) => page.locator(`[data-flash=${result}]`).waitFor({ state: 'attached', timeout: 4000 })
const loaded = (page, n) => page.locator(`[data-loaded="${n}"]`).waitFor({ timeout: 6000 })
const status = async (server, o) => (await ask(server, `/v1/fulfilments/${o.fulfilment}`)).status
const one = [['HM01600', 1]]
const small = [['BE00338', 1]]

const dock = node => page => page.addInitScript(code => localStorage.setItem('packhorse.warehouse', JSON.stringify(code)), node)

export const journeys = {
  async 'a van is loaded and handed over by scans, and what must not go stays'(world) {
    const { server } = world
    const list = [await labelled(server, one), await labelled(server, one)]
    const held = await labelled(server, one)
    await post(server, `/v1/orders/${held.id}/hold`, { reason: 'order.hold.manual' })
    await signedIn(world, { expected: [/status of 404/] }, async page => {
      await dock(list[0].node)(page)
      await page.goto(`${server.url}/dispatch`)
      await loaded(page, 0)
      await page.waitForTimeout(800)
      await burst(page, list[0].waybill)
      await loaded(page, 1)
      await burst(page, list[0].waybill)
      await loaded(page, 1)
      await burst(page, held.waybill)
      await flash(page, 'wrong')
      await burst(page, 'NOBODYS-1')
      await flash(page, 'wrong')
      await burst(page, list[1].waybill)
      await loaded(page, 2)
      await page.reload()
      await loaded(page, 2)
      await page.waitForTimeout(500)
      await burst(page, 'PH-CLOSE')
      await page.locator('[data-closing]').waitFor()
      assert.equal(await status(server, list[0]), 'packed')
      await burst(page, 'PH-CLOSE')
      await page.locator('[data-handed="2"]').waitFor({ timeout: 8000 })
      for (const o of list) assert.equal(await status(server, o), 'shipped')
      assert.equal(await status(server, held), 'packed')
      const { manifests } = await ask(server, `/v1/manifests?node=${list[0].node}&limit=1`)
      assert.equal(manifests[0].parcels, 2)
      const paper = await page.evaluate(id => fetch(`/v1/manifests/${id}/file?format=pdf`).then(r => r.headers.get('content-type')), manifests[0].id)
      assert.match(paper, /pdf/)
    })
  },

  async 'the dock can be read by everybody, in both languages'(world) {
    const { server, shots } = world
    const list = [await labelled(server, one), await labelled(server, small)]
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height, expected: [/status of 404/] }, async page => {
          const look = name => looked(page, `dispatch-${name}-${language}-${width}`, shots)
          await page.goto(`${server.url}/dispatch`)
          await page.waitForTimeout(800)
          await look('where')
          await dock(list[0].node)(page)
          await page.goto(`${server.url}/dispatch`)
          await loaded(page, 0)
          await page.waitForTimeout(900)
          await look('begin')
          await burst(page, list[0].waybill)
          await loaded(page, 1)
          await page.waitForTimeout(500)
          await page.keyboard.press('c')
          await page.waitForTimeout(300)
          await look('closing')
          await page.keyboard.press('Escape')
          await burst(page, 'NOBODYS-1')
          await page.waitForTimeout(900)
          await look('wrong')
          await page.keyboard.press('Backspace')
          await loaded(page, 0)
        })
      }
    }
    await signedIn(world, {}, async page => {
      await dock('CD')(page)
      await page.goto(`${server.url}/dispatch`)
      await page.waitForTimeout(900)
      await looked(page, 'dispatch-empty-en-1440', shots)
    })
    await until(async () => (await status(server, list[0])) === 'packed')
  },
}
