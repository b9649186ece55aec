import type { Event } from '../../api/types.gen.ts'
import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { type Params, say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import css from './Order.module.css'

interface Reason {
  code: string
  params?: Params
}

interface Allocation {
  strategy: string
  why: Reason
  nodes: string[]
  rejected?: (Reason & { node: string })[]
}

/** The events that say where an order ships from: of the machine, and of people. */
const decides = ['allocated', 'backordered', 'moved', 'split', 'merged']

/** Why this warehouse: the rule that decided, and every other with what was against it. */
export function Places({ events }: { events: Event[] }) {
  const { data } = useGet('list-nodes', {}, { enabled: may('stock:read') })
  const last = events.findLast(e => decides.some(kind => e.kind.startsWith(`allocation.${kind}.`)))
  const decision = last?.params as Allocation | undefined
  if (!decision?.why) return null
  const codeOf = (id: string) => data?.nodes.find(n => n.id === id || n.code === id)
  const label = (id: string) => {
    const n = codeOf(id)
    return n ? `${n.code} ${n.name}` : id
  }
  return (
    <Card title={say('ui.order.why_place')}>
      <p>
        {say(decision.why.code, decision.why.params)}{' '}
        <span className={css.quiet}>{say('ui.order.strategy', { strategy: decision.strategy })}</span>
      </p>
      <div className={css.sub}>
        <Table
          head={[{ title: say('ui.warehouse') }, { title: say('ui.order.verdict') }]}
          rows={[
            ...(decision.nodes ?? []).map(n => ({
              key: `chosen ${n}`,
              cells: [
                label(n),
                <span key="v" className={css.chosen}>
                  {say('ui.order.chosen')}
                </span>,
              ],
            })),
            ...(decision.rejected ?? []).map(r => ({ key: r.node, cells: [label(r.node), say(r.code, r.params)] })),
          ]}
        />
      </div>
    </Card>
  )
}
