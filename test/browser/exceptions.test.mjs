import assert from 'node:assert/strict'
import { join } from 'node:path'
import { burst } from './desk.mjs'
import { accessibility, signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const get = (server, id) => ask(server, `/v1/orders/${id}`)
const post = (server, path, body = {}) => ask(server, path, { method: 'POST', body: JSON.stringify(body) })
const counts = server => ask(server, '/v1/exceptions/counts')
const cases = async (server, cause = '') => (await ask(server, `/v1/exceptions?limit=200&cause=${cause}`)).exceptions

/** An order that the address check stops, due at once so that it is at the head of the queue. */
async function stopped(server, no, over = {}) {
  const out = await post(server, '/v1/orders', {
    channel: 'webshop', order_no: no, placed_at: '2026-03-02T04:00:00Z', ship_by: '2026-03-02T05:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: '59.00',
    recipient_name: '王芳', phone: '13812345678', country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: '路',
    lines: [{ sku: 'HM01600', quantity: 1, unit_price: '59.00' }], ...over,
  })
  await until(async () => (await get(server, out.id)).review === 'held')
  return out.id
}

const at = page => new URL(page.url()).searchParams.get('open')
const approve = page => page.getByRole('button', { name: /^Approve/ })

export const journeys = {
  async 'thirty exceptions are decided with thirty keys, within a minute'(world) {
    const { server } = world
    for (let i = 0; i < 30; i++) await stopped(server, `E-many-${i}`, { phone: `1391234${String(i).padStart(4, '0')}`, address: `${i}路` })
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/exceptions?cause=address`)
      await approve(page).waitFor()
      const begun = Date.now()
      const seen = new Set()
      for (let i = 0; i < 30; i++) {
        await until(async () => at(page) && !seen.has(at(page)))
        seen.add(at(page))
        await approve(page).waitFor()
        await page.keyboard.press('a')
        await until(async () => at(page) !== [...seen].at(-1))
      }
      const took = (Date.now() - begun) / 1000
      console.log(`     30 exceptions in ${took.toFixed(1)} s of keys`)
      assert.ok(took <= 60, `it took ${took} s`)
      assert.equal(seen.size, 30)
      await until(async () => !(await cases(server, 'address')).some(x => seen.has(x.id)), 15_000)
      for (const id of seen) assert.equal((await get(server, id)).review, 'approved')
      assert.ok((await counts(server)).decided >= 30)
    })
  },

  async 'a colleague sees who has a case open, and the next case is another one'(world) {
    const { server } = world
    const [mine, theirs] = [await stopped(server, 'E-two-1'), await stopped(server, 'E-two-2', { phone: '13700000002' })]
    await post(server, `/v1/orders/${theirs}/claim`)
    await signedIn(world, { expected: [/status of 409/] }, async page => {
      await page.goto(`${server.url}/exceptions`)
      await until(async () => at(page) && at(page) !== theirs)
      await until(async () => (await cases(server)).find(x => x.id === at(page))?.claimed_by)
      const row = page.getByRole('button', { name: /E-two-2/ })
      await row.getByTitle(/has this case open/).waitFor()
      await row.click()
      await page.getByText(/has this case open/).last().waitFor()
      await page.keyboard.press('a')
      await page.waitForTimeout(400)
      assert.equal((await get(server, theirs)).review, 'held')
    })
    await post(server, `/v1/orders/${theirs}/leave`)
    for (const id of [mine, theirs]) await post(server, `/v1/orders/${id}/reject`, { reason: 'end of the journey' })
  },

  async 'snooze, hold, reject and force have one key each; undo takes back what can be taken back'(world) {
    const { server } = world
    const ids = []
    for (let i = 0; i < 4; i++) ids.push(await stopped(server, `E-key-${i}`, { phone: `1361234000${i}` }))
    await signedIn(world, {}, async page => {
      const open = async id => {
        await page.goto(`${server.url}/exceptions?open=${id}`)
        await approve(page).waitFor()
      }
      await open(ids[0])
      await page.keyboard.press('s')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('2')
      await until(async () => (await cases(server, 'snoozed')).some(x => x.id === ids[0]))
      await until(async () => at(page) !== ids[0])
      await page.keyboard.press('z')
      await until(async () => (await cases(server)).some(x => x.id === ids[0]))

      await open(ids[1])
      await page.keyboard.press('h')
      await page.getByRole('dialog').locator('textarea').fill('asks for another colour')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await cases(server, 'parked')).some(x => x.id === ids[1]))
      await until(async () => at(page) !== ids[1])

      await open(ids[2])
      await page.keyboard.press('r')
      await page.getByRole('dialog').locator('textarea').fill('test order')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await get(server, ids[2])).review === 'rejected')

      await open(ids[3])
      await page.keyboard.press('f')
      await page.getByRole('dialog').locator('textarea').fill('the buyer confirmed by telephone')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await get(server, ids[3])).holds.every(h => h.released_at && h.note === 'the buyer confirmed by telephone'))
      await until(async () => at(page) !== ids[3])
    })
  },

  async 'the customer is asked with one key, and the answer on the signed page releases the order'(world) {
    const { server } = world
    const id = await stopped(server, 'E-ask-1', { phone: '13212340001' })
    let link
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/exceptions?open=${id}`)
      await approve(page).waitFor()
      await page.keyboard.press('m')
      await page.getByText('Page for the answer').waitFor()
      link = /https?:\/\/\S+\/confirm\/\S+|\/\S*confirm\/\S+/.exec(await page.getByRole('dialog').innerText())[0]
      await page.keyboard.press('Control+Enter')
      await until(async () => (await cases(server, 'snoozed')).some(x => x.id === id))
      await until(async () => at(page) !== id)
      await page.goto(new URL(link, server.url).href)
      await page.locator('textarea[name=address]').fill('文三路 100 号 3 单元 502 室')
      await page.locator('form.form button').click()
      await until(async () => (await get(server, id)).review === 'passed')
    })
  },

  async 'a corrected address goes back to the rules, and the next case opens'(world) {
    const { server } = world
    const id = await stopped(server, 'E-edit-1', { phone: '13512340001' })
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/exceptions?open=${id}`)
      await approve(page).waitFor()
      await page.keyboard.press('e')
      await page.getByRole('dialog').locator('input[name="recipient.address"]').fill('文三路 100 号 3 单元 502 室')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await get(server, id)).review === 'passed')
      await until(async () => at(page) !== id)
    })
  },

  async 'scans decide nothing'(world) {
    const { server } = world
    const id = await stopped(server, 'E-scan-1', { phone: '13412340001' })
    await signedIn(world, {}, async page => {
      const wrote = []
      page.on('request', r => r.method() !== 'GET' && !r.url().includes('claim') && wrote.push(`${r.method()} ${r.url()}`))
      await page.clock.install()
      await page.goto(`${server.url}/exceptions?open=${id}`)
      await approve(page).waitFor()
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000)
      wrote.length = 0
      for (const ime of [false, true]) {
        await burst(page, 'a-03-12-2', { ime })
        await page.clock.runFor(1000) // every key that waits has acted
      }
      assert.equal(at(page), id)
      assert.equal((await get(server, id)).review, 'held')
      assert.deepEqual(wrote, [])
    })
  },

  async 'the queue can be used by everybody, in both languages and every state'(world) {
    const { server, shots } = world
    const id = await stopped(server, 'E-axe-1', { phone: '13312340001' })
    for (const language of ['en', 'zh-CN']) {
      for (const [width, height] of [[1440, 900], [1920, 1080]]) {
        await signedIn(world, { language, width, height }, async page => {
          const look = async name => {
            assert.deepEqual(await accessibility(page), [], name)
            if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${width}.png`) })
          }
          await page.goto(`${server.url}/exceptions?open=${id}`)
          await page.locator('[role=note]').first().waitFor()
          await page.waitForTimeout(400)
          await look('exceptions')
          for (const key of ['s', 'm', 'f']) {
            await page.keyboard.press(key)
            await page.locator('[role=dialog]').waitFor()
            await page.waitForTimeout(200)
            await look(`exceptions-${key}`)
            await page.keyboard.press('Escape')
            await page.locator('[role=dialog]').waitFor({ state: 'detached' })
          }
          await page.goto(`${server.url}/exceptions?cause=logistics`)
          await page.waitForTimeout(600)
          await look('exceptions-empty')
        })
      }
    }
  },
}
