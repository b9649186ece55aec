// What the journeys of the desks share: looking at a page, and goods brought to where a desk begins.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { accessibility, until } from './page.mjs'
import { ask } from './server.mjs'

export async function looked(page, name, shots) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) })
  assert.deepEqual(await accessibility(page), [], name)
}

export const post = (server, path, body = {}) => ask(server, path, { method: 'POST', body: JSON.stringify(body) })

const stocked = new Set()

/** Enough of some goods, once for each run. */
async function stock(server, skus) {
  const { locations } = await ask(server, '/v1/locations?node=JX&limit=200')
  const shelf = locations.find(l => l.kind === 'pick' || l.kind === 'shelf' || !/QUAR|STAGE|DOCK/i.test(l.code))
  for (const sku of skus.filter(s => !stocked.has(s))) {
    stocked.add(sku)
    await post(server, '/v1/stock', { kind: 'receipt', sku, node: 'JX', location: shelf.code, quantity: 500 })
  }
}

let made = 0
const run = Date.now().toString(36)

/** An order that is allocated; lines are [sku, quantity]. */
export async function allocated(server, lines, more = {}) {
  await stock(server, lines.map(l => l[0]))
  const no = `D-${run}-${++made}`
  const { id } = await post(server, '/v1/orders', {
    channel: 'webshop', order_no: no, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: '59.00',
    recipient_name: '王芳', phone: '13812345678', country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: '文三路 100 号 3 单元 502 室',
    lines: lines.map(([sku, quantity]) => ({ sku, quantity, unit_price: '59.00' })), ...more,
  })
  await until(async () => (await ask(server, `/v1/orders/${id}`)).review !== 'pending')
  if ((await ask(server, `/v1/orders/${id}`)).review === 'held') await post(server, `/v1/orders/${id}/approve`)
  await until(async () => (await ask(server, `/v1/orders/${id}`)).fulfilments.length > 0)
  const order = await ask(server, `/v1/orders/${id}`)
  return { id, no, fulfilment: order.fulfilments[0].id, node: order.fulfilments[0].node }
}

/** An order whose goods stand at the bench. */
export async function picked(server, lines, more) {
  const o = await allocated(server, lines, more)
  const { task } = await post(server, `/v1/fulfilments/${o.fulfilment}/release`)
  await post(server, `/v1/fulfilments/${o.fulfilment}/pick`)
  return { ...o, task }
}

/** An order with its parcel closed and labelled. */
export async function labelled(server, lines, more) {
  const o = await picked(server, lines, more)
  await post(server, `/v1/fulfilments/${o.fulfilment}/pack`)
  await post(server, `/v1/fulfilments/${o.fulfilment}/label`)
  await until(async () => (await shipments(server, o.fulfilment)).some(s => s.status === 'labelled'), 30000)
  return { ...o, waybill: (await shipments(server, o.fulfilment)).find(s => s.status === 'labelled').waybill }
}

export const shipments = async (server, fulfilment) => (await ask(server, `/v1/fulfilments/${fulfilment}`)).shipments

/** A label printer that understands ZPL and prints whatever comes. */
export async function printer() {
  const labels = []
  const server = createServer(socket => {
    let text = ''
    socket.on('error', () => {})
    socket.on('data', data => {
      text += data
      for (let end; (end = text.indexOf('^XZ')) >= 0; text = text.slice(end + 3)) labels.push(text.slice(0, end + 3))
      if (!text.includes('~HS')) return
      text = text.replace('~HS', '')
      socket.write('\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n')
    })
  })
  await new Promise(r => server.listen(0, '127.0.0.1', r))
  return { labels, address: `127.0.0.1:${server.address().port}`, close: () => server.close() }
}

/**
 * A scan in one moment, ime as with a Chinese input method on: on a busy machine keys that come one by one over the protocol are no scan any more. What a text field keeps
 * for itself is typed into it. The journeys of the keyboard itself use scan of page.mjs.
 */
export async function burst(page, text, { ime = false } = {}) {
  const kept = await page.evaluate(([text, ime]) => {
    const at = document.activeElement ?? document.body
    if (at.dataset?.scan === 'text') return true
    let when = performance.now()
    const press = (key, code) => {
      const shiftKey = /^[A-Z]$/.test(key)
      const e = new KeyboardEvent('keydown', { key: ime && key.length === 1 ? 'Process' : key, code, shiftKey, bubbles: true, cancelable: true })
      Object.defineProperty(e, 'timeStamp', { value: (when += 5) })
      at.dispatchEvent(e)
    }
    for (const c of text) press(c, /[a-z]/i.test(c) ? `Key${c.toUpperCase()}` : /\d/.test(c) ? `Digit${c}` : 'Minus')
    press('Enter', 'Enter')
    return false
  }, [text, ime])
  if (!kept) return
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
}
