import type { ReactNode } from 'react'
import { keptStore, type Store } from '../shared/store.ts'

/** A column of a grid. */
export interface Column<T> {
  key: string
  title: string
  /** As grid-template-columns takes it: "120px", "minmax(120px, 1fr)". */
  width: string
  num?: boolean
  /** Name of the order that a click on the heading asks the server for. */
  sort?: string
  /** Not shown until somebody asks for it. */
  off?: boolean
  cell(row: T): ReactNode
}

const chosen = new Map<string, Store<Record<string, boolean>>>()

/** Which columns a person switched on or off in a grid; kept by the browser under the grid's name. */
export function columnChoice(grid: string): Store<Record<string, boolean>> {
  const have = chosen.get(grid) ?? keptStore<Record<string, boolean>>(`packhorse.columns.${grid}`, {})
  chosen.set(grid, have)
  return have
}

/** What the columns take at the least, in pixels, with so much before them. */
export const leastWidth = <T>(columns: Column<T>[], before: number) =>
  columns.reduce((sum, c) => sum + (Number(/\d+/.exec(c.width)?.[0]) || 100), before)

export const isShown = <T>(c: Column<T>, choice: Record<string, boolean>) => choice[c.key] ?? !c.off
