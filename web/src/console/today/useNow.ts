import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'

const often = { every: 20_000, follows: ['review', 'wave', 'pick', 'aftersales', 'track', 'ship'] }

/** The counts of the queues, as far as this person may see them. What they may not is not asked for. */
export function useNow(node: string | undefined) {
  const reads = may('orders:read')
  const query = { node }
  return {
    exceptions: useGet('count-exceptions', {}, { ...often, enabled: reads }).data,
    orders: useGet('count-orders', {}, { ...often, enabled: reads }).data,
    outlook: useGet('get-wave-outlook', { query }, { ...often, enabled: reads }).data?.nodes,
    cases: useGet('count-cases', {}, { ...often, enabled: reads }).data,
    shipments: useGet('count-shipments', { query }, { ...often, enabled: reads }).data?.views,
    stops: useGet('list-stops', { query: { limit: 50 } }, { ...often, enabled: reads }).data,
  }
}

export type Now = ReturnType<typeof useNow>
