import { call } from '../../shared/api.ts'
import { queries } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { toast } from '../../ui/Toast.tsx'

// What may be done to an order, each with its way back where there is one. Every act reads again what is on the screen.

export const manual = 'order.hold.manual'

const refresh = () => queries.invalidateQueries()

const named = (no: string) => ({ order: no })

/** Lets an order go. Its way back is a hold by hand. */
export async function approve(id: string, no: string) {
  await call('approve-order', { path: { id }, body: {} })
  void refresh()
  toast(say('ui.order.approved', named(no)), () => hold(id, no, { reason: manual }, true))
}

interface HoldInput {
  reason: string
  owner?: 'reviewer' | 'finance' | 'customer' | 'channel' | 'warehouse'
  until?: string
  note?: string
}

/** Stops an order. Its way back is the release of this very hold. quiet says nothing: it is itself a way back. */
export async function hold(id: string, no: string, body: HoldInput, quiet = false) {
  await call('hold-order', { path: { id }, body })
  void refresh()
  if (quiet) return
  toast(say('ui.order.held', named(no)), async () => {
    const { holds } = await call('get-order', { path: { id } })
    const mine = holds.findLast(h => !h.released_at && h.reason === body.reason)
    if (mine) await call('release-hold', { path: { id: mine.id }, body: {} })
    void refresh()
  })
}

/** Lifts one hold. Its way back is the same hold again. */
export async function release(
  order: string,
  no: string,
  h: { id: string; reason: string; owner: string; until?: string; note?: string },
) {
  await call('release-hold', { path: { id: h.id }, body: {} })
  void refresh()
  const again: HoldInput = { reason: h.reason, owner: h.owner as HoldInput['owner'], until: h.until, note: h.note }
  toast(say('ui.order.released', named(no)), () => hold(order, no, again, true))
}

/** Ends an order before any warehouse has begun. There is no way back, so it is asked for with its reason. */
export async function reject(id: string, no: string, reason: string) {
  await call('reject-order', { path: { id }, body: { reason } })
  void refresh()
  toast(say('ui.order.rejected', named(no)))
}

/** Calls an order off at whatever stage it is; the answer says whether that waits for a carrier. */
export async function cancel(id: string, no: string, reason: string) {
  const out = await call('cancel-order', { path: { id }, body: { reason } })
  void refresh()
  toast(say(out.pending ? 'ui.order.cancel_asked' : 'ui.order.cancelled', named(no)))
}
