import { type MouseEvent, memo, type RefObject, useLayoutEffect, useRef } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { ApiError } from '../shared/api.ts'
import { say } from '../shared/words.ts'
import type { Column } from './columns.ts'
import css from './DataGrid.module.css'

interface Props<T> {
  id: string
  row: T
  index: number
  top: number
  columns: Column<T>[]
  active: boolean
  selected?: boolean
  failure?: ApiError
  acts: RowActs<T>
}

/** What is done at a row. */
export interface RowActs<T> {
  touch(index: number): void
  open(row: T): void
  check(key: string, range: boolean): void
}

function Row<T>(p: Props<T>) {
  const place = useRef<HTMLDivElement>(null)
  useLetGo(place, p.id)
  const click = (e: MouseEvent) => {
    p.acts.touch(p.index)
    if (follow(e)) return
    if ((e.target as Element).closest('a, button, input, label')) return
    if (e.shiftKey && p.selected !== undefined) p.acts.check(p.id, true)
    else if (!getSelection()?.toString()) p.acts.open(p.row)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <div
      ref={place}
      id={`row-${p.id}`}
      role="row"
      className={css.row}
      aria-rowindex={p.index + 2}
      aria-selected={p.selected}
      data-active={p.active || undefined}
      data-failed={p.failure ? true : undefined}
      style={{ top: p.top }}
      onClick={click}
    >
      {p.selected !== undefined && (
        <div role="gridcell">
          <label className={css.check}>
            <input
              type="checkbox"
              aria-label={say('ui.select_row', { row: p.id })}
              checked={p.selected}
              tabIndex={-1}
              onChange={e => p.acts.check(p.id, (e.nativeEvent as unknown as MouseEvent).shiftKey)}
            />
          </label>
        </div>
      )}
      {p.columns.map((c, i) => (
        <div key={c.key} role="gridcell" className={`${css.cell} ${c.num ? css.num : ''}`}>
          {p.failure && i === p.columns.length - 1 ? (
            <span className={css.failed} title={p.failure.message}>
              {p.failure.message}
            </span>
          ) : (
            c.cell(p.row)
          )}
        </div>
      ))}
    </div>
  )
}

/** A plain link in a row goes there without loading the page: a component for each link would cost a long list more than the rest of it. */
function follow(e: MouseEvent): boolean {
  const link = (e.target as Element).closest('a')
  if (!link || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return false
  if (link.origin !== location.origin || link.target) return false
  e.preventDefault()
  navigate(link.pathname + link.search)
  return true
}

/** Whoever stood in a row stands in the list when the row goes out of sight, for another row is shown in its place. */
function useLetGo(place: RefObject<HTMLDivElement | null>, id: string) {
  const shown = useRef(id)
  useLayoutEffect(() => {
    if (shown.current === id) return
    shown.current = id
    if (place.current?.contains(document.activeElement)) place.current.closest<HTMLElement>('[role=grid]')?.focus()
  }, [place, id])
}

/** A row that is in sight. A refused one says why in place of its last cell. */
export const GridRow = memo(Row) as typeof Row
