import assert from 'node:assert/strict'
import { join } from 'node:path'
import { burst as atTable } from './desk.mjs'
import { allocated, burst, node, released, shelved, taskOf } from './floor.mjs'
import { accessibility, browser, until } from './page.mjs'
import { ask } from './server.mjs'

const handheld = { width: 360, height: 640 }

/** Begins a shift and opens the list of tasks. */
async function shift(page, server) {
  await page.goto(`${server.url}/pda`)
  await page.locator('input[name=login]').fill(server.login)
  await page.locator('input[name=password]').fill(server.password)
  await page.keyboard.press('Enter')
  await page.locator('select').selectOption(node)
  await page.locator('main button').first().click()
  await page.locator('a[href$="/pick"]').click()
}

async function looked(page, name, shots) {
  await page.waitForTimeout(450) // the colour of the last scan
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) })
  assert.deepEqual(await accessibility(page), [], name)
  const spill = await page.evaluate(() => document.querySelector('main').scrollHeight - document.querySelector('main').clientHeight)
  if (!name.includes('tasks')) assert.ok(spill <= 0, `${name} scrolls by ${spill}`)
}

const flash = (page, result) => page.locator(`[data-flash=${result}]`).waitFor({ state: 'attached', timeout: 8000 })
const bin = page => page.locator('[data-bin]').getAttribute('data-bin')

/** Opens a task by its id, as a tap on it does. */
async function open(page, server, id) {
  await page.goto(`${server.url}/pda/pick/${id}`)
  await page.locator('main button').first().click() // a fresh page begins the shift again
  await page.locator('[data-bin]').waitFor()
}

const pieces = page => page.evaluate(() => Number(document.querySelector('[data-units]')?.dataset.units ?? -1))

/** Walks a task with scans alone: the bin that is shown, then what stands there, piece by piece. */
async function walk(page, goods, { most = Infinity } = {}) {
  for (let done = 0; ; ) {
    if (done >= most || !(await page.locator('[data-bin]').count())) return done
    const at = await bin(page)
    if (!(await page.locator('[data-bin][data-quiet]').count())) {
      await burst(page, at)
      await page.locator(`[data-bin="${at}"][data-quiet]`).waitFor({ timeout: 8000 })
    }
    const before = await pieces(page)
    await burst(page, goods.find(g => g.location === at).code)
    await until(async () => (await pieces(page)) !== before)
    done++
  }
}

export const journeys = {
  async 'twenty lines are picked with scans alone, and the server has every piece'({ server, shots }) {
    const goods = await shelved(server, 20)
    const id = await released(server, [goods.map((g, i) => [g, 1 + (i % 3)])], 'discrete')
    const b = await browser({ ...handheld, expected: [/status of 401/] })
    try {
      await shift(b.page, server)
      await b.page.locator('main button').first().waitFor()
      await looked(b.page, 'pick-tasks-en', shots)
      await open(b.page, server, id)
      let taps = 0
      await b.page.exposeFunction('tapped', () => taps++)
      await b.page.evaluate(() => addEventListener('pointerdown', () => window.tapped(), true))
      await walk(b.page, goods)
      assert.equal(taps, 0)
      await b.page.getByRole('heading', { name: 'All picked' }).waitFor()
      await looked(b.page, 'pick-over-en', shots)
      await until(async () => (await taskOf(server, id)).status === 'done', 15_000)
      const { lines } = await taskOf(server, id)
      assert.equal(lines.length, 20)
      assert.ok(lines.every(l => l.status === 'picked' && l.picked === l.quantity))
      assert.deepEqual(b.problems, [])
    } finally {
      await b.close()
    }
  },

  async 'each state of a walk can be read and used, in both languages'({ server, shots }) {
    for (const language of ['en', 'zh-CN']) {
      const goods = await shelved(server, 4)
      const id = await released(server, [[[goods[0], 3], [goods[1], 9]], [[goods[0], 1], [goods[2], 1]], [[goods[0], 2], [goods[3], 1]]])
      const b = await browser({ ...handheld, language, expected: [/status of 401/] })
      const look = name => looked(b.page, `pick-${name}-${language}`, shots)
      try {
        await shift(b.page, server)
        await b.page.locator('main button').first().waitFor()
        await look('tasks')
        await open(b.page, server, id)
        await look('go')
        await burst(b.page, 'NOTHING-1')
        await flash(b.page, 'wrong')
        await look('wrong')
        const g = code => goods.find(x => x.location === code)
        await burst(b.page, await bin(b.page))
        await b.page.locator('[data-bin][data-quiet]').waitFor()
        await look('take')
        for (let i = 0; i < 30 && !(await b.page.locator('output').count()); i++) {
          const at = await bin(b.page)
          if (!(await b.page.locator('[data-bin][data-quiet]').count())) await burst(b.page, at)
          else await burst(b.page, g(at).code)
          await b.page.waitForTimeout(60)
        }
        await look('keypad')
        for (const key of ['9', '9']) await b.page.getByRole('button', { name: key, exact: true }).click()
        await look('keypad-over')
        await b.page.getByRole('button', { name: language === 'en' ? 'Erase' : '删除' }).click()
        await b.page.getByRole('button', { name: language === 'en' ? 'Erase' : '删除' }).click()
        await b.page.getByRole('button', { name: '8', exact: true }).click()
        await b.page.getByRole('button', { name: language === 'en' ? 'Enter' : '确认' }).click()
        await until(async () => !(await b.page.locator('output').count()))
        await b.page.getByRole('button', { name: language === 'en' ? 'Short' : '缺货', exact: true }).click()
        await look('short')
        await b.page.getByRole('button').nth(1).waitFor()
        await b.page.getByRole('button', { name: language === 'en' ? 'It is damaged' : '商品破损' }).click()
        await until(async () => (await taskOf(server, id)).lines.some(l => l.status === 'short'), 12_000)
        await look('after-short')
        assert.deepEqual(b.problems, [])
      } finally {
        await b.close()
      }
    }
  },

  async 'a walk of totals goes into one tote, and each item of it opens the order that leaves first at the packing table'({ server, shots }) {
    const goods = await shelved(server, 2)
    const parts = await allocated(server, [0, 0, 0, 1, 1].map(i => [[goods[i], 1]]))
    const { tasks } = await ask(server, '/v1/waves', { method: 'POST', body: JSON.stringify({ fulfilments: parts, method: 'shape' }) })
    assert.equal(tasks.length, 1)
    const b = await browser({ ...handheld, expected: [/status of 40[19]/] })
    const stage = name => b.page.locator(`[data-stage=${name}]`).waitFor({ timeout: 8000 })
    const status = async i => (await ask(server, `/v1/fulfilments/${parts[i]}`)).status
    try {
      await shift(b.page, server)
      await open(b.page, server, tasks[0])
      await looked(b.page, 'pick-bulk-en', shots)
      const total = goods[0].location === (await bin(b.page)) ? 3 : 2
      assert.equal(await b.page.locator('[data-n]').getAttribute('data-n'), `${total}`)
      assert.equal(await walk(b.page, goods), 5)
      await b.page.getByRole('heading', { name: 'All picked' }).waitFor()
      await until(async () => (await taskOf(server, tasks[0])).status === 'done', 15_000)
      await b.page.setViewportSize({ width: 1440, height: 900 })
      await b.page.goto(`${server.url}/pack`)
      await stage('open')
      await atTable(b.page, tasks[0])
      await b.page.getByText('5 orders').first().waitFor()
      await atTable(b.page, 'NOTHING-1')
      await flash(b.page, 'wrong')
      for (const [i, left] of [[0, 4], [3, 3]]) {
        await atTable(b.page, goods[i ? 1 : 0].code)
        await stage('box')
        await b.page.keyboard.press('1')
        await stage('weigh')
        await atTable(b.page, 'PH-NOSCALE')
        await stage('label')
        await until(async () => (await status(i)) === 'packed')
        const waybill = async () => (await ask(server, `/v1/fulfilments/${parts[i]}`)).shipments[0]?.waybill
        await until(waybill, 20_000)
        await b.page.getByText(await waybill()).first().waitFor()
        await atTable(b.page, await waybill())
        await b.page.getByText(`${left} orders`).first().waitFor()
      }
      assert.deepEqual(await Promise.all([1, 2, 4].map(status)), ['picked', 'picked', 'picked'])
      assert.deepEqual(b.problems, [])
    } finally {
      await b.close()
    }
  },

  async 'undo takes the last scan back before the server hears of it, and a skipped bin comes last'({ server }) {
    const goods = await shelved(server, 2)
    const id = await released(server, [[[goods[0], 2], [goods[1], 1]]], 'discrete')
    const b = await browser({ ...handheld, expected: [/status of 401/] })
    try {
      await shift(b.page, server)
      await open(b.page, server, id)
      const first = await bin(b.page)
      await b.page.getByRole('button', { name: 'Skip' }).click()
      await until(async () => (await bin(b.page)) !== first)
      const second = await bin(b.page)
      await burst(b.page, second)
      await burst(b.page, goods.find(g => g.location === second).code)
      await until(async () => (await bin(b.page)) === first)
      await b.page.getByRole('button', { name: 'Undo' }).click()
      await until(async () => (await bin(b.page)) === second)
      assert.ok((await taskOf(server, id)).lines.every(l => l.picked === 0))
      await walk(b.page, goods)
      await until(async () => (await taskOf(server, id)).status === 'done', 15_000)
      assert.deepEqual(b.problems, [])
    } finally {
      await b.close()
    }
  },

  async 'what was called off meanwhile stops the picker in plain words'({ server, shots }) {
    const goods = await shelved(server, 1)
    const id = await released(server, [[[goods[0], 2]], [[goods[0], 2]]])
    const b = await browser({ ...handheld, expected: [/status of 401/, /ERR_INTERNET_DISCONNECTED/] })
    try {
      await shift(b.page, server)
      await open(b.page, server, id)
      await b.page.locator('[data-bin]').waitFor()
      await b.context.setOffline(true)
      const lines = (await taskOf(server, id)).lines
      const { order } = await ask(server, `/v1/fulfilments/${lines[0].fulfilment}`)
      await ask(server, `/v1/orders/${order}/cancel`, { method: 'POST', body: JSON.stringify({ reason: 'customer' }) })
      await walk(b.page, goods)
      await b.context.setOffline(false)
      await b.page.getByRole('dialog').waitFor({ timeout: 20_000 })
      await b.page.waitForTimeout(2600)
      await looked(b.page, 'pick-conflict-en', shots)
      while (await b.page.getByRole('dialog').count()) {
        await b.page.getByRole('button', { name: 'Understood' }).click()
        await b.page.waitForTimeout(300)
      }
      await until(async () => (await taskOf(server, id)).lines[1].picked === 2, 15_000)
      assert.deepEqual(b.problems, [])
    } finally {
      await b.close()
    }
  },

  async 'two hundred scans without a network, with a reload among them, each count once and in order'({ server }) {
    const goods = await shelved(server, 10)
    const id = await released(server, [goods.map(g => [g, 20])], 'discrete')
    const b = await browser({ ...handheld, expected: [/status of 401/, /ERR_INTERNET_DISCONNECTED/, /Failed to fetch/] })
    try {
      await shift(b.page, server)
      await open(b.page, server, id)
      await b.page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
      await b.page.waitForTimeout(1500)
      await b.context.setOffline(true)
      assert.equal(await walk(b.page, goods, { most: 90 }), 90)
      await b.page.reload()
      await b.page.locator('main button').first().click()
      await b.page.locator('[data-bin]').waitFor()
      assert.equal(await walk(b.page, goods), 110)
      assert.ok((await taskOf(server, id)).lines.every(l => l.picked === 0), 'nothing reached the server yet')
      const heard = []
      b.page.on('request', r => r.url().endsWith('/pda/v1/scan') && heard.push(JSON.parse(r.postData())))
      await b.context.setOffline(false)
      await until(async () => (await taskOf(server, id)).status === 'done', 60_000)
      const { lines } = await taskOf(server, id)
      assert.equal(lines.reduce((n, l) => n + l.picked, 0), 200)
      assert.equal(new Set(heard.map(h => h.event_id)).size, 200)
      const order = heard.map(h => h.line)
      assert.deepEqual(order, [...order].sort((x, y) => x - y))
      assert.deepEqual(b.problems, [])
    } finally {
      await b.close()
    }
  },

  async 'a scan is coloured within 100 ms on a device four times slower'({ server }) {
    const goods = await shelved(server, 10)
    const id = await released(server, [goods.map(g => [g, 4])], 'discrete')
    const b = await browser({ ...handheld, expected: [/status of 401/] })
    try {
      await shift(b.page, server)
      await open(b.page, server, id)
      const client = await b.context.newCDPSession(b.page)
      await client.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      await b.page.evaluate(() => {
        window.took = []
        let entered = 0
        addEventListener('keydown', e => e.key === 'Enter' && (entered = e.timeStamp), true)
        const seen = new MutationObserver(() => {
          if (!entered || !document.querySelector('[data-flash]:not([data-flash=""])')) return
          const from = entered
          entered = 0
          requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - from)))
        })
        seen.observe(document.querySelector('[data-flash]'), { attributes: true, childList: true, subtree: true })
      })
      await walk(b.page, goods)
      const took = (await b.page.evaluate(() => window.took)).sort((x, y) => x - y)
      const at = q => Math.round(took[Math.floor(took.length * q)] ?? 0)
      console.log(`     ${took.length} scans: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${Math.round(took.at(-1))} ms`)
      assert.ok(took.length >= 40)
      if (!process.env.BUSY) assert.ok(at(0.95) <= 100, `p95 ${at(0.95)} ms`)
      assert.deepEqual(b.problems, [])
    } finally {
      await b.close()
    }
  },
}
