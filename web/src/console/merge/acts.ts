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

/** Puts each group into one parcel, as far as the server lets it, and gives the groups that were refused. */
export async function putTogether(groups: SameRecipient[]): Promise<SameRecipient[]> {
  const { parcels } = await call('put-together', {
    body: { parcels: groups.map(g => ({ fulfilments: g.orders.map(o => o.fulfilment) })) },
  })
  void refresh()
  const made = parcels.filter(p => !p.code)
  const refused = groups.filter((_, i) => parcels[i]?.code)
  const why = parcels.find(p => p.code)?.message
  if (why) toast(say('ui.merge.refused', { n: refused.length, why }))
  if (made.length > 0)
    toast(say('ui.merge.now_together', { n: made.length }), () =>
      separate(
        made.flatMap(p => p.fulfilments),
        true,
      ),
    )
  return refused
}

/** Lets fulfilments travel by themselves again. */
export async function separate(fulfilments: string[], quiet = false) {
  await call('put-separate', { body: { fulfilments } })
  void refresh()
  if (!quiet)
    toast(say('ui.merge.now_separate'), async () => {
      await call('put-together', { body: { parcels: [{ fulfilments }] } })
      void refresh()
    })
}
