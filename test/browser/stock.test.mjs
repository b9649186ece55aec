import assert from 'node:assert/strict'
import { join } from 'node:path'
import { allocated, burst, node, released, shelved } from './floor.mjs'
import { accessibility, browser, signIn, until } from './page.mjs'
import { ask } from './server.mjs'

async function signedIn({ server }, options, walk) {
  const b = await browser({ ...options, expected: [/status of 401/, ...(options.expected ?? [])] })
  try {
    await signIn(b.page, server)
    await walk(b.page, b)
    assert.deepEqual(b.problems, [])
  } finally {
    await b.close()
  }
}

async function looked(page, name, shots) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) })
  assert.deepEqual(await accessibility(page), [], name)
}

const post = (server, path, body) => ask(server, path, { method: 'POST', body: JSON.stringify(body) })
const level = async (server, sku) => (await ask(server, `/v1/stock/levels?query=${sku}`)).levels[0]

export const journeys = {
  async 'a scan opens the goods, a correction is booked with its reason by keys alone, and undo takes it back'(world) {
    const { server } = world
    const [g] = await shelved(server, 1, 40)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/stock`)
      await page.locator('[role=row]').nth(3).waitFor()
      await burst(page, g.code)
      await page.getByRole('dialog').waitFor()
      await page.getByText(g.location).first().waitFor()
      await page.keyboard.press('a')
      await page.locator('input[name=location]').fill(g.location)
      await page.locator('input[name=quantity]').fill('3')
      await page.locator('textarea[name=note]').fill('dropped')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await level(server, g.sku)).on_hand === 37)
      const { entries } = await ask(server, `/v1/stock/ledger?sku=${g.sku}`)
      assert.equal(entries[0].cause, 'adjust_down')
      await page.getByRole('button', { name: /Undo/ }).click()
      await until(async () => (await level(server, g.sku)).on_hand === 40)
    })
  },

  async 'a count is ordered, counted blind and booked'(world) {
    const { server } = world
    const [g] = await shelved(server, 1, 12)
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/counts`)
      await page.getByRole('grid').or(page.getByText('Nothing waits')).first().waitFor()
      await page.keyboard.press('n')
      await page.locator('select[name=node]').selectOption(node)
      await page.locator('input[name=sku]').fill(g.sku)
      await page.keyboard.press('Control+Enter')
      await until(async () => (await ask(server, `/v1/counts?node=${node}&limit=500`)).counts.some(c => c.sku === g.sku))
      await page.getByText(g.sku).first().waitFor()
      assert.equal(await page.getByText('Book', { exact: true }).count(), 0)
      await page.getByText(g.sku).first().locator('xpath=ancestor::*[@role="row"]').getByRole('button', { name: 'Enter result' }).click()
      await page.locator('input[name=counted]').fill('10')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await level(server, g.sku)).on_hand === 10)
      await page.keyboard.press('2')
      await page.getByText('−2').first().waitFor()
    })
  },

  async 'goods are received, moved and counted on the handheld with scans'({ server, shots }) {
    for (const language of ['en', 'zh-CN']) {
      const [g, other] = await shelved(server, 2, 10)
      await post(server, '/v1/counts', { node, sku: g.sku })
      const b = await browser({ width: 360, height: 640, language, expected: [/status of 401/] })
      const { page } = b
      const look = async name => {
        await page.waitForTimeout(450)
        await looked(page, `pda-${name}-${language}`, shots)
        assert.ok((await page.evaluate(() => document.querySelector('main').scrollHeight - document.querySelector('main').clientHeight)) <= 0, `${name} scrolls`)
      }
      const here = async place => (await ask(server, `/v1/stock/shelves?sku=${g.sku}`)).shelves.find(s => s.location === place)?.on_hand ?? 0
      const begin = async path => {
        await page.goto(`${server.url}/pda/${path}`)
        await page.locator('main button').first().click()
        await page.locator('[data-scan-prompt]').waitFor()
      }
      try {
        await page.goto(`${server.url}/pda`)
        await page.locator('input[name=login]').fill(server.login)
        await page.locator('input[name=password]').fill(server.password)
        await page.keyboard.press('Enter')
        await page.locator('select').selectOption(node)
        await page.locator('main button').first().click()
        await page.locator('main a').first().waitFor()
        await look('home')
        await begin('receive')
        await look('receive')
        await burst(page, g.code)
        await page.locator('[data-n="1"]').waitFor()
        await burst(page, g.code)
        await page.locator('[data-n="2"]').waitFor()
        await look('receive-counted')
        await page.locator('main button', { has: page.locator('svg.lucide-check') }).click()
        await page.getByText(g.location).or(page.locator(`[data-bin="${g.location}"]`)).first().waitFor()
        await look('receive-bin')
        await burst(page, other.location)
        await until(async () => (await here(other.location)) === 2, 15_000)
        await begin('move')
        await look('move')
        await burst(page, other.location)
        await page.locator(`[data-bin="${other.location}"]`).waitFor()
        await page.locator('[data-n]').first().waitFor()
        await look('move-bin')
        await burst(page, g.code)
        await page.locator('output').waitFor()
        await look('move-many')
        await page.locator('main button', { has: page.locator('svg.lucide-check') }).click()
        await burst(page, g.location)
        await until(async () => (await here(g.location)) === 12, 15_000)
        await begin('count')
        await page.locator('[data-bin]').waitFor()
        await look('count')
        for (let i = 0; i < 40 && !(await page.getByText(g.sku.slice(0, -4)).count()); i++) await page.locator('main button').last().click()
        await burst(page, g.location)
        await page.locator('output').waitFor()
        await look('count-many')
        await page.getByRole('button', { name: '9', exact: true }).click()
        await page.locator('main button', { has: page.locator('svg.lucide-check') }).click()
        await until(async () => (await here(g.location)) === 9, 15_000)
        assert.deepEqual(b.problems, [])
      } finally {
        await b.close()
      }
    }
  },

  async 'stock, counts and the floor map can be used by everybody, in both languages'(world) {
    const { server, shots } = world
    const goods = await shelved(server, 14, 60)
    const task = await released(server, [goods.slice(0, 9).map(g => [g, 2]), goods.slice(5).map(g => [g, 1])])
    await allocated(server, [[[goods[0], 3]]])
    await post(server, '/v1/counts', { node, sku: goods[3].sku })
    await post(server, '/v1/stock', { kind: 'quality', sku: goods[0].sku, node, location: goods[0].location, quantity: 4, becomes: 'defective', note: 'wet' })
    const open = encodeURIComponent(goods[0].sku)
    const pages = [
      ['stock', '/stock'],
      ['stock-out', '/stock?view=out'],
      ['stock-none', '/stock?q=ZZZZ'],
      ['sku-places', `/stock?open=${open}`],
      ['sku-ledger', `/stock?open=${open}&tab=ledger`],
      ['sku-past', `/stock?open=${open}&tab=past`],
      ['sku-channels', `/stock?open=${open}&tab=channels`],
      ['sku-unknown', '/stock?open=NOTHING'],
      ['counts', '/counts'],
      ['counts-done', '/counts?view=done'],
      ['floor', '/floor?days=30'],
      ['floor-units', '/floor?layer=units'],
      ['floor-route', `/floor?layer=open&task=${task}`],
    ]
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height, expected: [/status of 4(04|22)/] }, async page => {
          await page.goto(`${server.url}/stock?q=PK`)
          await page.waitForTimeout(1100)
          await looked(page, `stock-all-${language}-${width}`, shots)
          await page.evaluate(n => localStorage.setItem('packhorse.warehouse', JSON.stringify(n)), node)
          for (const [name, path] of pages) {
            await page.goto(server.url + path)
            await page.waitForTimeout(1100)
            await looked(page, `${name}-${language}-${width}`, shots)
          }
          await page.goto(`${server.url}/stock?open=${open}`)
          await page.waitForTimeout(700)
          await page.keyboard.press('m')
          await page.locator('input[name=to]').waitFor()
          await looked(page, `stock-dialog-${language}-${width}`, shots)
        })
      }
    }
  },
}
