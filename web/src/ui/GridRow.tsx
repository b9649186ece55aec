import { type MouseEvent, memo } from 'react'
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
  template: string
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
  const click = (e: MouseEvent) => {
    p.acts.touch(p.index)
    if ((e.target as Element).closest('a, button, input, label')) return
    if (e.shiftKey && p.selected !== undefined) p.acts.check(p.id, true)
    else if (!getSelection()?.toString()) p.acts.open(p.row)
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
    <div
      id={`row-${p.id}`}
      role="row"
      className={css.row}
      aria-rowindex={p.index + 2}
      aria-selected={p.selected}
      data-active={p.active || undefined}
      data-failed={p.failure ? true : undefined}
      style={{ gridTemplateColumns: p.template, transform: `translateY(${p.top}px)` }}
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

/** A row that is in sight. A refused one says why in place of its last cell. */
export const GridRow = memo(Row) as typeof Row
