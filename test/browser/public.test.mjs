import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { accessibility, browser } from './page.mjs'
import { ask } from './server.mjs'

// What customers see, with scripts off: they go through everything by links and forms.

const limit = 30 * 1024

const without = options => browser({ width: 360, height: 640, javaScript: false, ...options })

/** Opens a browser without scripts, and afterwards demands that nothing was reported. */
async function customer(options, walk) {
  const b = await without(options)
  try {
    await walk(b.page, b)
    assert.deepEqual(b.problems, [])
  } finally {
    await b.close()
  }
}

const links = (server, id) => ask(server, `/v1/orders/${id}/links`)
const next = page => Promise.all([page.waitForNavigation(), page.locator('main form:not(details form) > button:not([aria-hidden])').last().click()])

// A picture of a broken handle: 2 × 2 points, as PNG.
const handle = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEUlEQVR4nGM4YWMDRAxg8gQAIw4FAUv4hTwAAAAASUVORK5CYII=', 'base64')
const picture = (name, buffer = handle) => ({ name, mimeType: 'image/png', buffer })

/** An order that stays with the reviewer for its address. */
async function newDoubtful(server, no) {
  const out = await ask(server, '/v1/orders', {
    method: 'POST',
    body: JSON.stringify({
      channel: 'webshop', order_no: no, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: '59.00',
      recipient_name: '王芳', phone: '13812345678', country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: '路',
      lines: [{ sku: 'HM01600', quantity: 1, unit_price: '59.00', title: '一款名字特别长、带有很多规格说明的家用商品（浅灰色，加厚，三件套）' }],
    }),
  })
  for (let i = 0; i < 100 && (await ask(server, `/v1/orders/${out.id}`)).review !== 'held'; i++) await new Promise(r => setTimeout(r, 50))
  return out.id
}

async function delivered(server, skip = 0) {
  const list = (await ask(server, '/v1/orders?delivery=delivered&limit=50')).orders
  return list[skip]
}

const caseOf = async (server, id) => (await ask(server, `/v1/returns?order=${id}`)).cases.at(-1)

export const journeys = {
  async 'a customer finds the order by number and phone, and a wrong one is told in words'({ server }) {
    const { find } = await links(server, await newDoubtful(server, 'C-find-1'))
    await customer({ language: 'zh-CN', expected: [/status of 404/] }, async page => {
      for (const end = Date.now() + 15_000; ; ) {
        await page.goto(server.url + find)
        await page.locator('input[name=no]').fill('C-find-1')
        await page.locator('input[name=tail]').fill('5678')
        await next(page)
        if (/\/track\/\w+\/\w+/.test(page.url()) || Date.now() > end) break
        await page.waitForTimeout(4000) // the search follows the orders
      }
      assert.match(page.url(), /\/track\/\w+\/\w+/)
      assert.match(await page.locator('h1').innerText(), /[\u4e00-\u9fff]/)
      assert.ok(!(await page.content()).includes('王芳'), 'the name is shown')
      await page.goto(server.url + find)
      await page.locator('input[name=no]').fill('C-find-1')
      await page.locator('input[name=tail]').fill('0000')
      await next(page)
      assert.match(await page.locator('[role=alert]').innerText(), /没有找到/)
    })
  },

  async 'a customer sends something back in five steps, leaves in the middle, and calls it off'({ server }) {
    const o = await delivered(server)
    const { return: path } = await links(server, o.id)
    await customer({ expected: [/status of 422/] }, async (page, { context }) => {
      await page.goto(server.url + path)
      await page.locator('select').first().selectOption('1')
      await next(page)
      await page.getByLabel('It arrived damaged').check()
      await page.locator('textarea').fill('The handle is off <b>')
      await page.locator('input[type=file]').setInputFiles(picture('handle.png'))
      await Promise.all([page.waitForNavigation(), page.locator('button[name=add]').click()])
      await page.locator('input[type=file]').setInputFiles(picture('words.png', Buffer.from('no picture')))
      await next(page)
      assert.match(await page.locator('[role=alert]').innerText(), /JPEG and PNG/)
      assert.equal(await page.locator('main img').count(), 1)
      await next(page)
      const kept = page.url()
      await context.clearCookies()
      await page.goto(kept)
      await page.getByText('Send it back, money back').first().click()
      await next(page)
      await page.getByText('I send it myself').click()
      await next(page)
      const text = await page.locator('main').innerText()
      assert.match(text, /5 of 5/)
      assert.match(text, /The handle is off <b>/)
      await next(page)
      const made = await caseOf(server, o.id)
      assert.equal(made.kind, 'return')
      assert.equal(made.reason, 'damaged')
      const { photos } = await ask(server, `/v1/returns/${made.id}/photos`)
      assert.equal(photos.length, 1)
      const seen = await fetch(server.url + photos[0].path, { headers: { Authorization: `Bearer ${server.key}` } })
      assert.equal(seen.headers.get('content-type'), 'image/jpeg')
      assert.equal((await fetch(server.url + photos[0].path)).status, 401)
      assert.match(page.url(), new RegExp(made.id))
      await page.locator('details summary').last().click()
      await Promise.all([page.waitForNavigation(), page.locator('button.danger').click()])
      assert.equal((await caseOf(server, o.id)).status, 'cancelled')
    })
  },

  async 'a customer gives the address an order waits for, and it goes on'({ server }) {
    const id = await newDoubtful(server, 'C-address-1')
    const { confirm } = await links(server, id)
    await customer({ language: 'zh-CN' }, async page => {
      await page.goto(server.url + confirm)
      assert.ok(!(await page.content()).includes('13812345678'), 'the phone is shown')
      await page.locator('textarea[name=address]').fill('文三路 100 号 3 幢 502 室')
      await next(page)
      assert.match(await page.locator('main').innerText(), /地址已/)
      for (let i = 0; i < 100 && ['held', 'pending'].includes((await ask(server, `/v1/orders/${id}`)).review); i++) await page.waitForTimeout(50)
      assert.ok(!['held', 'pending'].includes((await ask(server, `/v1/orders/${id}`)).review))
    })
  },

  async 'every page for customers is small and can be used by everybody, in both languages'({ server, shots }) {
    const held = await links(server, await newDoubtful(server, 'C-axe-1'))
    const orders = (await ask(server, '/v1/orders?limit=200')).orders
    const one = async test => (await links(server, orders.find(test).id)).track
    const gone = await delivered(server, 1)
    const away = await links(server, gone.id)
    const made = await ask(server, `/v1/orders/${gone.id}/returns`, { method: 'POST', body: JSON.stringify({ kind: 'return', reason: 'changed_mind' }) })
    const pages = {
      find: held.find, unknown: `${held.find}/x`, delivered: away.track, asked: held.track, confirm: held.confirm, over: away.confirm,
      case: `${away.return}/${made.id}`, none: away.return, return: (await links(server, (await delivered(server, 2)).id)).return,
    }
    const late = orders.find(o => o.delivery === 'in_transit' || o.delivery === 'exception')
    if (late) pages.way = (await links(server, late.id)).track
    const cancelled = orders.some(o => o.fulfilment === 'cancelled')
    if (cancelled) pages.cancelled = await one(o => o.fulfilment === 'cancelled')
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[360, 640], [1440, 900]]) {
        const b = await browser({ language, width, height, expected: [/status of 4(04|22)/] })
        const look = async name => {
          assert.deepEqual(await accessibility(b.page), [], `${name} ${language} ${width}`)
          const wide = await b.page.evaluate(() => document.documentElement.scrollWidth)
          assert.ok(wide <= width, `${name} is ${wide} wide`)
          if (shots) await b.page.screenshot({ path: join(shots, `public-${name}-${language}-${width}.png`), fullPage: true })
        }
        try {
          for (const [name, path] of Object.entries(pages)) {
            const answer = await b.page.goto(server.url + path)
            const body = await answer.body()
            assert.ok(gzipSync(body).length <= limit, `${name}: ${gzipSync(body).length} bytes`)
            assert.ok(!body.includes('<script'), name)
            await look(name)
          }
          await b.page.goto(server.url + pages.return)
          await b.page.locator('select').first().selectOption('1')
          await next(b.page)
          await look('return-reason')
          await b.page.locator('input[type=file]').setInputFiles([picture('one.png'), picture('two.png', Buffer.concat([handle, Buffer.from('x')]))])
          await Promise.all([b.page.waitForNavigation(), b.page.locator('button[name=add]').click()])
          await look('return-pictures')
          await b.page.locator('input[name=reason]').nth(2).check()
          await b.page.locator('input[type=file]').setInputFiles(picture('words.png', Buffer.from('no picture')))
          await next(b.page)
          await look('return-wrong')
          await b.page.locator('input[name=reason]').nth(2).check()
          await next(b.page)
          await look('return-wish')
          await b.page.locator('input[name=kind]').first().check()
          await next(b.page)
          await look('return-way')
          await b.page.locator('input[name=way]').first().check()
          await next(b.page)
          await look('return-check')
          await b.page.context().clearCookies()
          assert.deepEqual(b.problems, [])
        } finally {
          await b.close()
        }
      }
    }
  },
}
