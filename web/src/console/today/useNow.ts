import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'

const often = { every: 20_000, follows: ['review', 'wave', 'pick', 'aftersales', 'track', 'ship'] }

/** The counts of the queues, as far as this person may see them. What they may not is not asked for. */
export function useNow(node: string | undefined) {
  const reads = may('orders:read')
  const query = { node }
  const exceptions = useGet('count-exceptions', {}, { ...often, enabled: reads })
  const orders = useGet('count-orders', {}, { ...often, enabled: reads })
  const outlook = useGet('get-wave-outlook', { query }, { ...often, enabled: reads })
  const cases = useGet('count-cases', {}, { ...often, enabled: reads })
  const shipments = useGet('count-shipments', { query }, { ...often, enabled: reads })
  const stops = useGet('list-stops', { query: { limit: 50 } }, { ...often, enabled: reads })
  const all = [exceptions, orders, outlook, cases, shipments, stops]
  return {
    exceptions: exceptions.data,
    orders: orders.data,
    outlook: outlook.data?.nodes,
    cases: cases.data,
    shipments: shipments.data?.views,
    stops: stops.data,
    /** Whether every queue has answered at least once: before that nobody knows that nothing is wrong. */
    known: all.every(q => q.data !== undefined),
    error: all.find(q => q.error && q.data === undefined)?.error ?? null,
    retry: () => all.forEach(q => void (q.error && q.refetch())),
  }
}

export type Now = ReturnType<typeof useNow>
