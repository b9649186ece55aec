import type { Walk } from '../../api/types.gen.ts'
import { useGet } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { Choose } from './Choose.tsx'
import { Sort } from './Sort.tsx'

/** The put wall: what one batch walk brought is put into cells, one for each order. */
export default function PutWall() {
  const [{ task }, change] = useUrlState()
  if (!task) return <Choose onChoose={id => change({ task: id }, true)} />
  return <Opened task={task} onEnd={() => change({ task: undefined }, true)} />
}

function Opened({ task, onEnd }: { task: string; onEnd(): void }) {
  const walk = useGet('get-walk', { path: { id: task } }, { follows: ['order', 'flow', 'pick'], every: 30_000 })
  const orders = useGet(
    'list-wave-orders',
    { path: { id: walk.data?.wave ?? '' }, query: { limit: 500 } },
    { follows: ['order', 'flow', 'fulfilment'], every: 30_000, enabled: !!walk.data?.wave },
  )
  if (walk.error && !walk.data) return <ErrorState error={walk.error} retry={onEnd} />
  if (!walk.data || walk.data.id !== task) return <Skeleton rows={8} />
  const over = new Set(
    orders.data?.orders.filter(o => ['cancelled', 'rejected'].includes(o.status)).map(o => o.fulfilment),
  )
  return <Sort walk={stopping(walk.data, over)} onEnd={onEnd} />
}

/** The goods of what was called off since must not go on either. */
const stopping = (walk: Walk, over: ReadonlySet<string>): Walk => ({
  ...walk,
  lines: walk.lines.map(l => (over.has(l.fulfilment) ? { ...l, blocked: say('ui.wall.called_off') } : l)),
})
