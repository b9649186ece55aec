import { useEffect } from 'react'
import type { Node } from '../api/types.gen.ts'
import { useWarehouses, warehouse } from '../shared/warehouse.ts'
import { say } from '../shared/words.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/States.tsx'

/** The warehouse that a desk stands in: the one that is looked at, or the only one. */
export function useDeskPlace(): { at: Node | undefined; all: Node[] } {
  const { all, at } = useWarehouses()
  const place = at ?? (all.length === 1 ? all[0] : undefined)
  useEffect(() => {
    if (place && !at) warehouse.set(place.code)
  }, [place, at])
  return { at: place, all }
}

/** Asks once where a desk stands; the browser keeps it. */
export function Where({ all }: { all: Node[] }) {
  return (
    <EmptyState title={say('ui.dispatch.where')} text={say('ui.dispatch.where_text')}>
      {all.map(n => (
        <Button key={n.code} onClick={() => warehouse.set(n.code)}>
          {n.code} {n.name}
        </Button>
      ))}
    </EmptyState>
  )
}
