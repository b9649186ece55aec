import { useEffect } from 'react'
import type { Node } from '../api/types.gen.ts'
import { setZone } from './clock.ts'
import { useGet } from './query.ts'
import { may } from './session.ts'
import { keptStore, useStore } from './store.ts'

/** Code of the warehouse that is looked at; empty is all of them. */
export const warehouse = keptStore<string>('packhorse.warehouse', '')

/** The warehouses one reaches, whether that is known yet, and the one that is looked at. Times are shown in its zone, or in that of the first. */
export function useWarehouses(): { all: Node[]; at: Node | undefined; known: boolean } {
  const code = useStore(warehouse)
  const { data } = useGet('list-nodes', {}, { enabled: may('stock:read') })
  const all = data?.nodes ?? []
  const at = all.find(n => n.code === code)
  const zone = (at ?? all[0])?.timezone
  setZone(zone)
  useEffect(() => {
    if (data && code && !at) warehouse.set('')
  }, [data, code, at])
  return { all, at, known: !!data }
}
