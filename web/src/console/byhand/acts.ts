import type { DecidedByHand, Fulfilment, GoodsRef } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { money } from '../../shared/format.ts'
import { queries } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { toast } from '../../ui/Toast.tsx'

// What a reviewer does by hand to goods that no wave has taken, each with its way back. Every act reads again what is on the screen.

const refresh = () => queries.invalidateQueries()

/** What it costs now, and what the machine would have done. */
export function outcome(out: DecidedByHand): string {
  const cost = money(out.cost, out.currency)
  if (out.machine.units === 0) return say('ui.byhand.cost_waits', { cost })
  return say('ui.byhand.cost', { cost, plain: out.machine.nodes, plain_cost: money(out.machine.cost, out.currency) })
}

interface Where {
  node: string
  reason: string
  allow_split?: boolean
}

/** Gives goods to a warehouse. Its way back is to let the machine decide again. */
export async function move(order: string, no: string, body: Where & { pieces?: GoodsRef[] }) {
  const out = await call('override-order', { path: { id: order }, body })
  void refresh()
  toast(`${say('ui.byhand.moved', { order: no, node: body.node })} ${outcome(out)}`, () => redecide(order, no, true))
}

/** Lets the machine decide again over what no wave has taken. quiet says nothing: it is itself a way back. */
export async function redecide(order: string, no: string, quiet = false) {
  const out = await call('redecide-order', { path: { id: order }, body: {} })
  void refresh()
  if (quiet) return
  const nodes = [...new Set(out.fulfilments.map(f => f.node))]
  toast(say(nodes.length > 0 ? 'ui.byhand.redecided' : 'ui.byhand.redecided_waits', { order: no, nodes }))
}

/** Puts goods into a parcel of their own. Its way back is to put both together, or the machine where they are apart. */
export async function split(
  f: Fulfilment,
  no: string,
  body: Partial<Where> & { lines: { seq: number; quantity: number }[] },
) {
  const out = await call('split-fulfilment', { path: { id: f.id }, body })
  void refresh()
  const [stays, goes] = out.fulfilments
  toast(`${say('ui.byhand.split_done', { order: no })} ${outcome(out)}`, async () => {
    if (stays && goes && stays.node === goes.node) await join(f.order, [stays.id, goes.id])
    else await redecide(f.order, no, true)
    void refresh()
  })
}

const join = (order: string, fulfilments: string[]) =>
  call('merge-fulfilments', { path: { id: order }, body: { fulfilments } })

/** Puts parcels together. Its way back splits them as they were. */
export async function merge(order: string, no: string, parts: Fulfilment[]) {
  const out = await join(
    order,
    parts.map(p => p.id),
  )
  void refresh()
  toast(`${say('ui.byhand.merged', { order: no, n: parts.length })} ${outcome(out)}`, async () => {
    let whole = out.fulfilments[0]?.id
    for (const part of parts.slice(1)) whole = whole && (await apart(order, whole, part))
    void refresh()
  })
}

/** Takes out of a fulfilment what another one held before, and returns what stays. */
async function apart(order: string, whole: string, part: Fulfilment): Promise<string | undefined> {
  const { fulfilments } = await call('get-order', { path: { id: order } })
  const from = fulfilments.find(f => f.id === whole)
  if (!from) return
  const lines = part.lines.flatMap(l => {
    const at = from.lines.find(x => x.line_no === l.line_no && x.sku === l.sku)
    return at ? [{ seq: at.seq, quantity: l.quantity }] : []
  })
  const out = await call('split-fulfilment', { path: { id: whole }, body: { lines, allow_split: true } })
  return out.fulfilments[0]?.id
}
