import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type ApiError, call, type Input, type Op, type Out } from '../../shared/api.ts'

/** Asks the server what something would do, again whenever what is asked has stood for a moment. Nothing is changed by it. */
export function useTrial<K extends Op>(op: K, input: Input<K>, enabled: boolean) {
  const said = JSON.stringify(input)
  const [settled, setSettled] = useState(said)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(said), 250)
    return () => clearTimeout(timer)
  }, [said])
  return useQuery<Out<K>, ApiError>({
    queryKey: [op, settled],
    queryFn: ({ signal }) => call(op, { ...(JSON.parse(settled) as Input<K>), signal }),
    enabled: enabled && settled === said,
    retry: false,
    placeholderData: was => was,
  })
}
