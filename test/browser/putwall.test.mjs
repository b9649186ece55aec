import assert from 'node:assert/strict'
import { join } from 'node:path'
import { accessibility, scan, signedIn } from './page.mjs'
import { ask } from './server.mjs'
import { waiting } from './waves.test.mjs'

const post = (server, path, body = {}) => ask(server, path, { method: 'POST', body: JSON.stringify(body) })

/** A batch walk of several orders that is picked to the end. */
async function picked(server, mark) {
  const node = await waiting(server, mark, 8)
  const { candidates } = await ask(server, `/v1/wave-candidates?node=${node}&limit=12`)
  const wave = await post(server, '/v1/waves', { fulfilments: candidates.map(c => c.fulfilment), method: 'batch' })
  const tasks = await Promise.all(wave.tasks.map(t => ask(server, `/v1/tasks/${t}`)))
  const task = tasks.reduce((a, b) => (a.lines.length >= b.lines.length ? a : b))
  for (const l of task.lines) await post(server, `/v1/fulfilments/${l.fulfilment}/pick`, { picker: 'wang', lines: [{ seq: l.seq, picked: l.quantity }] })
  return ask(server, `/pda/v1/tasks/${task.id}`)
}

const flashed = (page, result) => page.locator(`[data-flash="${result}"]`).waitFor({ state: 'attached', timeout: 3000 })
/** Scans until the station has read the whole code: on a busy machine the keys of a scan may come too slowly for one. */
async function scanned(page, code) {
  for (let tries = 0; tries < 8; tries++) {
    await scan(page, code)
    await page.waitForTimeout(150)
    const read = await page.locator('[data-scan-prompt]').innerText({ timeout: 500 }).catch(() => code)
    if (read.includes(code)) return
  }
  assert.fail(`${code} was never read whole`)
}

const lit = page => page.locator('[data-state=lit]')

export const journeys = {
  async 'a walk is sorted into its cells by scans alone; a wrong cell does not advance, a reload loses nothing'(world) {
    const { server } = world
    const walk = await picked(server, 'P-sort')
    const of = walk.lines.reduce((n, l) => n + l.picked, 0)
    // 404: the part of a number that was read when the keys came too slowly.
    await signedIn(world, { expected: [/status of 404/] }, async page => {
      await page.goto(`${server.url}/put-wall`)
      await page.getByText(/Scan the number of the walk/).waitFor()
      await scanned(page, walk.id)
      await page.getByText(`0 of ${of} pieces`).waitFor()
      let first = true
      for (const goods of walk.goods) {
        await scanned(page, goods.codes[0]?.code ?? goods.sku)
        await lit(page).waitFor()
        while (await lit(page).count()) {
          const cell = await lit(page).locator('span').first().innerText()
          if (first) {
            await scanned(page, `C-${Number(cell) + 50}`)
            await flashed(page, 'wrong')
            assert.equal(await lit(page).locator('span').first().innerText(), cell)
            await page.reload()
            await lit(page).waitFor()
            first = false
          }
          const before = await page.getByText(/ of \d+ pieces/).innerText()
          await scanned(page, `C-${cell.padStart(2, '0')}`)
          await page.waitForFunction(was => ![...document.querySelectorAll('p')].some(p => p.textContent === was), before)
        }
      }
      await page.getByText('All sorted').waitFor()
      assert.equal(await page.locator('[data-state=done]').count(), walk.totes.length)
      await page.getByText(`${of} of ${of} pieces`).waitFor()
      await page.keyboard.press('Enter')
      await page.getByText(/Scan the number of the walk/).waitFor()
    })
  },

  async 'the goods of an order that must not go on are stopped'(world) {
    const { server } = world
    const walk = await picked(server, 'P-stop')
    const only = walk.lines.find(l => walk.lines.every(x => x.fulfilment === l.fulfilment || x.sku !== l.sku))
    const { order } = (await ask(server, `/v1/waves/${walk.wave}/orders?limit=500`)).orders.find(o => o.fulfilment === only.fulfilment)
    await post(server, `/v1/orders/${order}/hold`, { reason: 'order.hold.manual' })
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/put-wall?task=${walk.id}`)
      await page.locator('[data-state=stopped]').waitFor()
      await scanned(page, only.sku)
      await flashed(page, 'stop')
      assert.equal(await lit(page).count(), 0)
    })
  },

  async 'the wall can be used by everybody, in both languages and every state'(world) {
    const { server, shots } = world
    const walk = await picked(server, 'P-axe')
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height, expected: [/status of 404/] }, async page => {
          const look = async name => {
            await page.waitForTimeout(600)
            assert.deepEqual(await accessibility(page), [], name)
            if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${width}.png`) })
          }
          await page.goto(`${server.url}/put-wall`)
          await look('wall-choose')
          await page.goto(`${server.url}/put-wall?task=${walk.id}`)
          await page.locator('[data-scan-prompt]').waitFor()
          await scanned(page, walk.goods[0].sku)
          await lit(page).waitFor()
          await look('wall-lit')
          await scanned(page, 'C-99')
          await look('wall-wrong')
          await page.keyboard.press('Enter')
          await look('wall-put')
          await page.goto(`${server.url}/put-wall?task=tsk_0000000000000`)
          await look('wall-missing')
        })
      }
    }
  },
}
