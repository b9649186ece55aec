import type { SameRecipient } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { toast } from '../../ui/Toast.tsx'
import { manual } from '../orders/acts.ts'

const refresh = () => queries.invalidateQueries()

const ordersOf = (g: SameRecipient) => [...new Set(g.orders.map(o => o.order))]

/** Says that the orders go apart, or takes it back. */
export async function setApart(g: SameRecipient, apart: boolean, quiet = false) {
  await call('set-orders-apart', { body: { orders: ordersOf(g), apart } })
  void refresh()
  if (!quiet) toast(say(apart ? 'ui.merge.now_apart' : 'ui.merge.now_open'), () => setApart(g, !apart, true))
}

/** Keeps all orders of a group out of waves until a person releases them. Its way back is the release of these very holds. */
export async function holdAll(g: SameRecipient, note: string) {
  const orders = ordersOf(g)
  for (const id of orders) await call('hold-order', { path: { id }, body: { reason: manual, owner: 'reviewer', note } })
  void refresh()
  toast(say('ui.merge.held', { n: orders.length }), async () => {
    for (const id of orders) {
      const { holds } = await call('get-order', { path: { id } })
      const mine = holds.findLast(h => !h.released_at && h.reason === manual && h.note === note)
      if (mine) await call('release-hold', { path: { id: mine.id }, body: {} })
    }
    void refresh()
  })
}
