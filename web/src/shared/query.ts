import {
  type InfiniteData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { ApiError, type Body, call, type Input, newKey, type Op, type Out, type Path, type Query } from './api.ts'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError
  }
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      retry: (times, error) => times < 2 && error instanceof ApiError && error.passing,
      refetchOnWindowFocus: true,
    },
  },
})

/** What a read follows in the live stream: areas of events ("order", "pick"), ids of things, or "*" for all. */
export type Follows = string[]

/** Reads something and keeps it current: useGet('get-order', {path: {id}}, {follows: [id]}). */
export function useGet<K extends Op>(
  op: K,
  input: Pick<Input<K>, 'path' | 'query'> = {},
  options: { follows?: Follows; enabled?: boolean; every?: number } = {},
) {
  return useQuery<Out<K>, ApiError>({
    queryKey: [op, input.path ?? null, input.query ?? null],
    queryFn: ({ signal }) => call(op, { ...input, signal }),
    enabled: options.enabled,
    refetchInterval: options.every,
    meta: { follows: options.follows ?? [] },
    placeholderData: was => was,
  })
}

/** A list that comes in windows. */
export interface List<T> {
  rows: T[]
  /** The server has more behind the last row. */
  more: boolean
  loading: boolean
  /** Old rows are shown while new ones come. */
  refreshing: boolean
  loadingMore: boolean
  error: ApiError | null
  loadMore(): void
  reload(): void
  /** Changes a row on the screen before the server agrees. */
  patch(change: (row: T) => T): void
}

/** Reads a list by its keyset: useList('list-orders', {review: 'held'}, page => page.orders, {follows: ['order']}). */
export function useList<K extends Op, T>(
  op: K,
  query: Query<K>,
  pick: (page: Out<K>) => T[],
  options: { follows?: Follows; window?: number; enabled?: boolean; path?: Path<K> } = {},
): List<T> {
  const client = useQueryClient()
  const key = [op, options.path ?? null, query, 'list']
  const size = options.window ?? 100
  const q = useInfiniteQuery<Out<K>, ApiError, InfiniteData<Out<K>>, unknown[], string>({
    queryKey: key,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(op, { path: options.path, query: { ...query, limit: size, cursor: pageParam } as Query<K>, signal }),
    getNextPageParam: last => (last as { next_cursor?: string }).next_cursor || undefined,
    enabled: options.enabled,
    meta: { follows: options.follows ?? [] },
    placeholderData: was => was,
  })
  const chosen = useRef(pick)
  chosen.current = pick
  const rows = useMemo(() => q.data?.pages.flatMap(p => chosen.current(p)) ?? [], [q.data])
  const loadMore = useCallback(() => {
    if (q.hasNextPage && !q.isFetchingNextPage) void q.fetchNextPage()
  }, [q.hasNextPage, q.isFetchingNextPage, q.fetchNextPage])
  return {
    rows,
    more: q.hasNextPage,
    loading: q.isPending || (q.isPlaceholderData && rows.length === 0),
    refreshing: q.isFetching && !q.isPending,
    loadingMore: q.isFetchingNextPage,
    error: q.error,
    loadMore,
    reload: () => void q.refetch(),
    patch: change =>
      client.setQueryData<InfiniteData<Out<K>>>(
        key,
        was => was && { ...was, pages: was.pages.map(p => mapRows(p, change)) },
      ),
  }
}

function mapRows<P, T>(page: P, change: (row: T) => T): P {
  const out: Record<string, unknown> = { ...(page as object) }
  for (const [field, value] of Object.entries(out)) {
    if (Array.isArray(value)) out[field] = value.map(row => change(row as T))
  }
  return out as P
}

/** Does something. A repeat after a failure that left open whether it was done goes under the same name, so it is done once. */
export function useAct<K extends Op>(op: K, options: { done?: (out: Out<K>, input: Input<K>) => void } = {}) {
  const client = useQueryClient()
  const open = useRef<{ said: string; key: string } | null>(null)
  return useMutation<Out<K>, ApiError, { path?: Path<K>; query?: Query<K>; body?: Body<K> }>({
    mutationFn: async input => {
      const said = JSON.stringify([input.path, input.query, input.body])
      if (open.current?.said !== said) open.current = { said, key: newKey() }
      try {
        const out = await call(op, { ...input, key: open.current.key })
        open.current = null
        return out
      } catch (error) {
        if (!(error instanceof ApiError && error.passing)) open.current = null
        throw error
      }
    },
    onSuccess: (out, input) => {
      options.done?.(out, input)
      void client.invalidateQueries()
    },
  })
}

/** Reads again whatever follows one of these; what is not on the screen is read when it comes back. */
export function touch(what: Set<string>) {
  void queries.invalidateQueries({
    predicate: q => {
      const follows = (q.meta?.follows as Follows | undefined) ?? []
      return follows.some(f => f === '*' || what.has(f))
    },
  })
}
