import type { CaseDetail } from '../../api/types.gen.ts'
import { say } from '../../shared/words.ts'
import type { Step } from '../../ui/Stepper.tsx'
import { isOver } from './columns.tsx'

const withGoods = ['return', 'exchange', 'refused']

/** How far a case is: asked, decided, goods here, graded, money or goods out, over. */
export function stepsOf(c: CaseDetail): Step[] {
  const goods = withGoods.includes(c.kind)
  const received = c.units.map(u => u.received_at).sort()[0]
  const graded = c.units
    .map(u => u.graded_at ?? '')
    .sort()
    .at(-1)
  const paid = c.refunds.find(r => r.status === 'done')?.done_at
  const all: (Step & { reached: boolean })[] = [
    { id: 'asked', title: say('ui.aftersales.step.asked'), at: c.opened_at, state: 'done', reached: true },
    step('decided', c.decided_at, c.status !== 'requested'),
    ...(goods
      ? [
          step('received', received, ['received', 'inspected', 'closed'].includes(c.status) && c.units.length > 0),
          step('graded', graded, ['inspected', 'closed'].includes(c.status) && c.units.length > 0),
        ]
      : []),
    ...(c.replacement === 'none' ? [] : [step('replaced', undefined, c.replacement === 'made')]),
    ...(c.refunds.length > 0 ? [step('paid', paid, !!paid)] : []),
    step('over', c.closed_at, isOver(c.status)),
  ]
  const next = all.findIndex(s => !s.reached)
  return all.map(({ reached, ...s }, i) => ({
    ...s,
    state: reached ? 'done' : isOver(c.status) ? 'ahead' : i === next ? 'now' : 'ahead',
  }))
}

function step(id: string, at: string | undefined, reached: boolean): Step & { reached: boolean } {
  return { id, title: say(`ui.aftersales.step.${id}`), at, state: 'ahead', reached }
}
