// Work for the floor, made by the API: goods on shelves, orders for them, tasks to pick.
import { until } from './page.mjs'
import { ask } from './server.mjs'

export const node = 'JX'
let no = 0

const post = (server, path, body) => ask(server, path, { method: 'POST', body: JSON.stringify(body) })

/** Goods of their own, each in a bin of its own: [{sku, code, location}]. */
export async function shelved(server, kinds, quantity = 500) {
  const out = []
  const run = `${Date.now().toString(36)}${++no}`.toUpperCase()
  const places = (await ask(server, `/v1/locations?node=${node}&limit=400`)).locations.filter(l => l.kind === 'pick')
  for (let i = 0; i < kinds; i++) {
    const sku = `PK${run}-${String(1001 + i)}`
    const code = `${run}${String(i).padStart(4, '0')}`
    const location = places[(i * 7) % places.length].code
    await post(server, '/v1/skus', { sku, title: titles[i % titles.length], barcodes: code, weight_g: 200, price: '10.00', mm: [100, 80, 60] })
    await post(server, '/v1/stock', { kind: 'receipt', sku, node, location, quantity })
    out.push({ sku, code, location })
  }
  return out
}

const titles = ['即食燕麦片 原味 1.2 千克家庭装', '手冲咖啡壶', 'Enamel mug 350 ml, blue rim', '不锈钢保温杯 500 毫升 磨砂黑 带茶滤', 'Cotton tea towel, set of three', '竹制砧板']

/** Orders with these lines ([[goods, quantity], …] each), allocated; gives their fulfilments. */
export async function allocated(server, orders) {
  const ids = []
  for (const lines of orders) {
    const total = lines.reduce((n, [, q]) => n + q * 10, 0).toFixed(2)
    const { id } = await post(server, '/v1/orders', {
      channel: 'webshop', order_no: `PICK-${Date.now().toString(36)}-${++no}`, placed_at: '2026-03-02T04:00:00Z', currency: 'CNY', payment_status: 'paid', paid_amount: total,
      recipient_name: `收件人${no}`, phone: `139${String(10000000 + no * 7919).slice(0, 8)}`, country: 'CN', province: '浙江省', city: '杭州市', district: '西湖区', address: `文三路 ${100 + no} 号 3 单元 502 室`,
      lines: lines.map(([g, quantity]) => ({ sku: g.sku, quantity, unit_price: '10.00' })),
    })
    ids.push(id)
  }
  const parts = []
  for (const id of ids) {
    await until(async () => {
      const o = await ask(server, `/v1/orders/${id}`)
      if (o.review === 'held') await post(server, `/v1/orders/${id}/approve`, {})
      return o.fulfilments.some(f => f.status === 'allocated')
    })
    parts.push((await ask(server, `/v1/orders/${id}`)).fulfilments[0].id)
  }
  return parts
}

/** One pick task for these orders. */
export async function released(server, orders, method = 'batch') {
  const out = await post(server, '/v1/waves', { fulfilments: await allocated(server, orders), method })
  return out.tasks[0]
}

export const taskOf = (server, id) => ask(server, `/v1/tasks/${id}`)

/** Scans in one go, from inside the page: a machine that is busy with other things cannot tear the scan apart. */
export const burst = (page, text) =>
  page.evaluate(all => {
    for (const key of [...all, 'Enter']) (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }, text)
