import type { OrderPage } from '../../api/types.gen.ts'
import { type ApiError, call } from '../../shared/api.ts'
import { name, say } from '../../shared/words.ts'
import { csv, download } from '../../ui/csv.ts'
import { beginJob } from '../../ui/jobs.ts'
import { toastError } from '../../ui/Toast.tsx'
import { queryOf } from './views.ts'

const most = 50_000 // rows: what a spreadsheet still opens
const window = 500

/** Writes what the list shows into a file, all of it and not only what was loaded. Personal data is masked as on the screen. */
export async function exportOrders(filters: Record<string, string>) {
  const job = beginJob(say('ui.orders.exporting'), 0)
  const rows: (string | number | undefined)[][] = []
  try {
    for (let cursor: string | undefined = ''; cursor !== undefined && rows.length < most && !job.cancelled(); ) {
      const page: OrderPage = await call('list-orders', { query: { ...queryOf(filters), limit: window, cursor } })
      for (const o of page.orders) {
        rows.push([
          o.external_no,
          o.channel,
          o.shop,
          o.placed_at,
          name('order.payment', o.payment),
          name('order.review', o.review),
          name('order.fulfilment', o.fulfilment),
          name('order.delivery', o.delivery),
          o.total,
          o.currency,
          o.units,
          o.recipient,
          o.province,
          o.city,
          o.deadline ?? o.ship_by,
          o.id,
        ])
      }
      cursor = page.next_cursor || undefined
      job.change({ done: rows.length, of: rows.length + (cursor ? window : 0) })
    }
  } catch (error) {
    job.change({ state: 'cancelled' })
    toastError(error as ApiError)
    return
  }
  if (job.cancelled()) return
  const head = [
    'no',
    'channel',
    'shop',
    'placed',
    'payment',
    'review',
    'fulfilment',
    'delivery',
    'total',
    'currency',
    'units',
    'recipient',
    'province',
    'city',
    'deadline',
    'id',
  ]
  const file = csv(
    head.map(h => say(`ui.orders.${h}`)),
    rows,
  )
  const save = () => download(file, 'orders.csv')
  job.change({ state: 'done', result: { text: say('ui.download'), act: save } })
  save()
}
