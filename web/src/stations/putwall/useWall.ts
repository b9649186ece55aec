import { useMemo } from 'react'
import type { Walk } from '../../api/types.gen.ts'
import { calm, give } from '../../shared/feedback.ts'
import { keptStore, useStore } from '../../shared/store.ts'
import { confirm, empty, judge, undo, type Verdict, type Wall } from './wall.ts'

/** The wall of a walk. The browser keeps how far it is, so that a reload loses nothing. */
export function useWall(walk: Walk) {
  const kept = useMemo(() => keptStore<Wall>(`packhorse.wall.${walk.id}`, empty), [walk.id])
  const wall = useStore(kept)
  const tell = (v: Verdict) => {
    kept.set(v.wall)
    give(v.result, v.word)
  }
  return {
    wall,
    scan: (text: string) => tell(judge(walk, wall, text)),
    confirm: () => wall.lit && tell(confirm(walk, wall)),
    undo: () => {
      calm()
      kept.set(undo(wall))
    },
    clear: () => {
      calm()
      kept.set(empty)
    },
  }
}
