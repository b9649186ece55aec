import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { accessibility, signedIn, until } from './page.mjs'
import { ask } from './server.mjs'

const dialog = page => page.locator('[role=dialog]')
const closed = page => dialog(page).waitFor({ state: 'detached' })
const send = (server, method, path, body) => ask(server, path, { method, body: JSON.stringify(body) })

/** An order for goods that nobody knows. */
async function strange(server, no, code = 'SHOP-77') {
  const out = await send(server, 'POST', '/v1/orders', {
    channel: 'flagship', order_no: no, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', recipient_name: '王芳', phone: `1371234${no.slice(-4)}`,
    country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: `文三路 ${no.slice(-2)} 号 3 单元`, lines: [{ sku: code, title: '春茶 250 克', quantity: 2, unit_price: '159.00' }],
  })
  await until(async () => (await ask(server, `/v1/orders/${out.id}`)).review === 'held')
  return out.id
}

export const journeys = {
  async 'a warehouse is changed by keys, undone, closed and opened'(world) {
    const { server } = world
    const node = async () => (await ask(server, '/v1/nodes')).nodes[0]
    const was = await node()
    await signedIn(world, { expected: [/status of 422/] }, async page => {
      await page.goto(`${server.url}/settings`)
      const row = page.getByRole('row', { name: new RegExp(was.code) })
      await row.getByRole('button', { name: 'Edit' }).focus()
      await page.keyboard.press('Enter')
      await dialog(page).locator('[name=capacity_orders_day]').fill('-4')
      await page.keyboard.press('Control+Enter')
      await dialog(page).locator('[role=alert]').waitFor()
      await dialog(page).locator('[name=capacity_orders_day]').fill('4321')
      await page.keyboard.press('Control+Enter')
      await closed(page)
      assert.equal((await node()).capacity_orders_day, 4321)
      assert.equal((await node()).cutoffs, was.cutoffs)
      await page.keyboard.press('z')
      await until(async () => (await node()).capacity_orders_day === was.capacity_orders_day)
      await row.getByRole('button', { name: 'Close' }).click()
      await until(async () => !(await node()).open)
      await row.getByRole('button', { name: 'Open' }).waitFor() // the server knew before the screen did
      await page.getByRole('button', { name: /Undo/ }).first().waitFor()
      await page.keyboard.press('z')
      await until(async () => (await node()).open)
    })
  },

  async 'an administrator gives rights for one warehouse, resets a password, and shuts an account'(world) {
    const { server } = world
    const person = () => ask(server, '/v1/users').then(p => p.people.find(x => x.login === 'mei'))
    const code = (await ask(server, '/v1/nodes')).nodes[0].code
    await signedIn(world, { expected: [/status of 422/] }, async page => {
      await page.goto(`${server.url}/settings?tab=people`)
      await page.getByRole('button', { name: 'Add a person' }).click()
      await page.locator('[name=login]').fill('mei')
      await page.locator('[name=password]').fill('short')
      await page.keyboard.press('Control+Enter')
      await page.locator('[role=alert]').first().waitFor()
      await page.locator('[name=password]').fill('a-long-first-password')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await person())?.grants[0].role === 'picker')
      const row = page.getByRole('row', { name: /^mei/ })
      await row.getByRole('button', { name: 'Change rights' }).click()
      await page.locator('[name="grants[0]"]').selectOption('packer')
      await dialog(page).getByLabel(code).press('Space')
      await page.keyboard.press('Control+Enter')
      await until(async () => JSON.stringify((await person()).grants) === JSON.stringify([{ role: 'packer', reach: { nodes: [code] } }]))
      const act = async name => {
        await row.getByRole('button', { name: 'Account' }).click()
        await page.getByRole('menuitem', { name }).click()
      }
      await act('New password')
      await page.keyboard.press('Control+Enter')
      await dialog(page).getByText('It is not shown again').waitFor()
      await page.keyboard.press('Escape')
      await closed(page)
      await act('Sign out')
      await dialog(page).getByRole('button', { name: 'Sign out' }).click()
      await page.getByText('signed out everywhere').waitFor()
      await act('Deactivate')
      await until(async () => (await person()).disabled)
      await page.keyboard.press('z')
      await until(async () => !(await person()).disabled)
    })
  },

  async 'a message is tried, saved, and the built-in one brought back'(world) {
    const { server } = world
    const version = () => ask(server, '/v1/templates').then(p => p.templates.find(t => t.notice === 'received' && t.channel === 'email' && t.language === 'en'))
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/settings?tab=messages`)
      await page.getByRole('button', { name: /Order received\s*English/ }).click()
      await page.locator('textarea').fill('We have {order_no}, {name}.')
      const letter = page.locator('iframe').first()
      await until(async () => /We have W-1001/.test(await letter.getAttribute('srcdoc')))
      const real = (await ask(server, '/v1/orders?limit=1')).orders[0]
      await page.locator('[name=order]').click()
      await page.getByRole('option', { name: new RegExp(real.external_no) }).click()
      await until(async () => (await letter.getAttribute('srcdoc')).includes(`We have ${real.external_no}`))
      assert.equal(await page.locator('iframe').count(), 2, 'both languages stand there')
      await page.getByRole('button', { name: 'Save' }).click()
      await until(async () => (await version()).body === 'We have {order_no}, {name}.')
      await page.getByRole('button', { name: /built-in text/ }).click()
      await until(async () => (await version()).body !== 'We have {order_no}, {name}.')
    })
  },

  async 'a rate card is tried before it is taken in, and a printer prints a test'(world) {
    const { server } = world
    const machine = createServer(s => s.on('data', d => /~HS/.test(d) && s.write('\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n')).on('error', () => {}))
    await new Promise(done => machine.listen(0, '127.0.0.1', done))
    const rates = () => ask(server, '/v1/rates').then(r => r.rates)
    const known = (await rates())[0]
    const lines = ['carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency',
      `${known.carrier},newservice,${known.from_region},${known.to_region},1000,9.00,1000,2.00,6000,2,3,CNY`, `${known.carrier},newservice,${known.from_region},nowhere,x,9.00,1000,2.00,6000,2,3,CNY`]
    try {
      await signedIn(world, {}, async page => {
        await page.goto(`${server.url}/settings?tab=carriers`)
        const file = { name: 'rates.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) }
        await page.locator('input[type=file]').setInputFiles(file)
        await page.getByText('1 new, 0 changed, 0 as they are, 1 refused').waitFor()
        assert.ok(!(await rates()).some(r => r.service === 'newservice'), 'nothing is written before')
        await page.getByRole('button', { name: 'Take in 1 row' }).click()
        await until(async () => (await rates()).some(r => r.service === 'newservice'))

        await page.goto(`${server.url}/settings?tab=printers`)
        await page.getByRole('button', { name: 'Add a printer' }).click()
        await page.locator('[name=name]').fill('Bench 9')
        await page.locator('[name=station]').fill('B9')
        await page.locator('[name=address]').fill(`127.0.0.1:${machine.address().port}`)
        await page.keyboard.press('Control+Enter')
        await closed(page)
        await page.getByRole('row', { name: /Bench 9/ }).getByRole('button', { name: 'Test print' }).click()
        await until(async () => (await ask(server, '/v1/print-jobs')).jobs.some(j => j.document === 'test' && j.state !== 'queued'), 15_000)
      })
    } finally {
      machine.close()
    }
  },

  async 'the plain rule is one key away at a warehouse, and undone'(world) {
    const { server } = world
    const code = (await ask(server, '/v1/nodes')).nodes[0].code
    const carton = async () => (await ask(server, '/v1/carton-rules')).rules.find(r => r.node === code).cartons
    const walking = async () => (await ask(server, '/v1/walkings')).walkings.find(w => w.node === code)
    const was = await walking()
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/settings`)
      await page.getByRole('row', { name: new RegExp(code) }).getByRole('button', { name: 'Decisions' }).focus()
      await page.keyboard.press('Enter')
      await dialog(page).getByRole('radio', { name: /^The cheapest/ }).focus()
      await page.keyboard.press('ArrowDown')
      await until(async () => (await carton()) === 'smallest')
      await page.getByRole('button', { name: /Undo/ }).first().waitFor()
      await page.getByRole('button', { name: /Undo/ }).last().click()
      await until(async () => (await carton()) === 'cheapest')
      await dialog(page).locator('[name=mm_per_second]').fill('1.25')
      await dialog(page).locator('[name=mm_per_second]').press('Enter')
      await until(async () => (await walking()).mm_per_second === 1250)
      assert.equal((await walking()).pickers, was.pickers)
      await page.keyboard.press('Escape')
      await closed(page)
    })
  },

  async 'a return policy is tried on an order before it is saved'(world) {
    const { server } = world
    const policy = () => ask(server, '/v1/return-policy')
    const was = await policy()
    const order = (await ask(server, '/v1/orders?fulfilment=shipped&limit=1')).orders[0]
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/settings?tab=returns`)
      await page.locator('[name=order]').pressSequentially(order.external_no, { delay: 90 })
      await page.getByRole('option', { name: new RegExp(order.external_no) }).click()
      const verdict = page.getByRole('row', { name: /exchange/ }).last()
      await verdict.getByText(/Approved|Waits for a person|Nothing left/).waitFor()
      const approves = page.getByRole('checkbox', { name: /exchange/ })
      if (await approves.isChecked()) await approves.press('Space')
      await verdict.getByText(/Waits for a person|Nothing left/).waitFor()
      assert.deepEqual(await policy(), was, 'a trial saves nothing')
      await page.locator('[name=limit]').fill('123.45')
      await page.locator('[name=limit]').press('Control+Enter')
      await until(async () => (await policy()).limit === 12345)
      await page.getByRole('button', { name: /Undo/ }).first().press('Enter') // Z would be typed into the field
      await until(async () => (await policy()).limit === was.limit)
    })
  },

  async 'a carrier gets a log-in that is tested, and a parcel is priced with each'(world) {
    const { server } = world
    const logins = async () => (await ask(server, '/v1/carriers/logins')).logins
    await signedIn(world, { expected: [/status of 503/] }, async page => {
      await page.goto(`${server.url}/settings?tab=carriers`)
      await page.getByRole('button', { name: 'Add a log-in' }).click()
      await dialog(page).locator('[name=carrier]').fill('XY')
      await dialog(page).locator('[name=address]').fill('http://127.0.0.1:9')
      await dialog(page).locator('[name=key]').fill('us')
      await dialog(page).locator('[name=secret]').fill('never-shown')
      await page.keyboard.press('Control+Enter')
      await closed(page)
      await until(async () => (await logins()).some(l => l.carrier === 'XY' && l.has_secret))
      assert.ok(!(await page.content()).includes('never-shown'))
      await page.getByRole('row', { name: /^XY/ }).getByRole('button', { name: 'Test' }).click()
      await page.getByText(/cannot be reached/).waitFor()
      const rate = (await ask(server, '/v1/rates')).rates.find(r => r.to_region !== '*')
      await page.locator('[name=province]').fill(rate.to_region)
      await page.getByText(/gets it\.|Nobody takes it\./).waitFor()
    })
  },

  async 'what a shop calls goods is chosen by search, and the orders that waited go on'(world) {
    const { server } = world
    const id = await strange(server, 'M-0001')
    await signedIn(world, {}, async page => {
      await page.goto(`${server.url}/channels?tab=strangers`)
      await page.getByRole('row', { name: /SHOP-77/ }).getByRole('button', { name: 'Choose the SKU' }).click()
      await dialog(page).locator('[name=sku]').pressSequentially('HM0160', { delay: 90 })
      await page.getByRole('option', { name: /HM01600/ }).waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Control+Enter')
      await closed(page)
      await until(async () => !(await ask(server, `/v1/orders/${id}`)).holds.some(h => h.reason === 'review.unmapped' && !h.released_at), 20_000)
      await page.goto(`${server.url}/channels?tab=buffers&channel=flagship`)
      await page.getByRole('row', { name: /every other SKU/ }).getByRole('button', { name: 'Edit' }).click()
      await dialog(page).locator('[name=quantity]').fill('2')
      await page.keyboard.press('Control+Enter')
      await until(async () => (await ask(server, '/v1/buffers?channel=flagship')).buffers[0]?.quantity === 2)
    })
  },

  async 'the pages of settings and channels can be used by everybody, in both languages'(world) {
    const { server, shots } = world
    const secret = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`
    const shop = await send(server, 'POST', '/v1/channels', { name: 'tmall', shop: 'packhorse 官方旗舰店', kind: 'webhook', secret, settings: { url: 'http://127.0.0.1:1/hook', pull_url: 'http://127.0.0.1:1/orders' } })
    await send(server, 'POST', '/v1/channels', { name: 'own-shop', kind: 'webhook', secret, settings: { url: 'http://127.0.0.1:1/hook' }, enabled: false })
    await strange(server, 'M-0002', 'TM-2231-LONG-CODE-OF-A-SHOP')
    await send(server, 'PUT', '/v1/mappings', { channel: 'tmall', code: 'TM-1', sku: 'HM01600' })
    const node = (await ask(server, '/v1/nodes')).nodes[0].code
    await send(server, 'PUT', '/v1/users/demo', { grants: [{ role: 'admin' }] }).catch(() => {})
    await send(server, 'POST', '/v1/users', { login: 'li.hong', password: 'a-long-first-password', grants: [{ role: 'warehouse_manager', reach: { nodes: [node] } }, { role: 'reviewer', reach: { shops: ['tmall'], owners: ['-', 'acme'] } }] }).catch(() => {})
    for (const language of ['en', 'zh-CN']) {
      for (const width of shots ? [1440, 1920] : [1440]) {
        await signedIn(world, { language, width, height: width === 1440 ? 900 : 1080 }, async page => {
          const look = async name => {
            await page.waitForTimeout(500)
            assert.deepEqual(await accessibility(page), [], `${name} ${language}`)
            if (shots) await page.screenshot({ path: join(shots, `${name}-${language}-${width}.png`) })
          }
          const open = async (name, path, button) => {
            await page.goto(server.url + path)
            await page.waitForTimeout(700)
            await look(name)
            if (!button) return
            await page.locator(button).first().click()
            await dialog(page).waitFor()
            await look(`${name}-dialog`)
            await page.keyboard.press('Escape')
            await closed(page)
          }
          const first = 'tbody tr button'
          await open('channels', '/channels')
          await open('channels-errors', `/channels?open=${shop.id}`)
          await open('channels-strangers', '/channels?tab=strangers', first)
          await open('channels-mappings', '/channels?tab=mappings&channel=tmall')
          await open('channels-buffers', '/channels?tab=buffers&channel=tmall', first)
          await open('settings-warehouses', '/settings', first)
          await open('settings-returns', '/settings?tab=returns')
          await open('settings-printers', '/settings?tab=printers', 'section header button')
          await open('settings-carriers', '/settings?tab=carriers')
          await open('settings-people', '/settings?tab=people', 'tr:has-text("li.hong") button')
          await open('settings-messages', '/settings?tab=messages')
          await open('settings-policies', '/settings?tab=policies')
          await open('settings-audit', '/settings?tab=audit')
          await open('settings-audit-empty', '/settings?tab=audit&actor=nobody')
        })
      }
    }
  },
}
