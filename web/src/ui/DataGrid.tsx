import { ArrowDown } from 'lucide-react'
import { type CSSProperties, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { ApiError } from '../shared/api.ts'
import { number } from '../shared/format.ts'
import { useKeys, useShowKeys } from '../shared/keys.ts'
import type { List } from '../shared/query.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { type Column, columnChoice, isShown, leastWidth } from './columns.ts'
import css from './DataGrid.module.css'
import { ExportButton, type Exported } from './ExportButton.tsx'
import { GridRow, type RowActs } from './GridRow.tsx'
import { ErrorState, Skeleton } from './States.tsx'
import type { Selection } from './selection.ts'
import { useSight } from './sight.ts'

interface Props<T> {
  /** Under which the browser keeps the columns. */
  name: string
  /** What the rows are, for those who hear the page. */
  label: string
  columns: Column<T>[]
  list: List<T>
  keyOf(row: T): string
  /** Enter, or a click on the row. */
  onOpen?(row: T): void
  sort?: string
  onSort?(sort: string): void
  selection?: Selection
  /** What an act on many refused: these rows are red and say why. */
  failures?: ReadonlyMap<string, ApiError>
  /** What to show where the list is empty. */
  empty: ReactNode
  /** Acts on the selected rows, at the foot while there are any. */
  bulk?: ReactNode
  /** The list as the API is asked for it: all of it can be taken as a file. */
  exports?: Exported
}

/**
 * A long list: rows come in windows from the server and only those in sight are drawn. J and K move, X selects, Shift J and K
 * select on the way, Enter opens, Home and End jump. A row is drawn again when it, its columns or its marks change; give columns
 * that stay the same where the list is to be quick. What draws one row draws another later, so a cell keeps nothing of its row.
 */
export function DataGrid<T>(p: Props<T>) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [active, setActive] = useState(-1)
  const choice = useStore(columnChoice(p.name))
  const columns = useMemo(() => p.columns.filter(c => isShown(c, choice)), [p.columns, choice])
  const { rows } = p.list
  const { slots, to, row: height, reveal } = useSight(scroller, rows.length)
  const { more, loadMore } = p.list
  const near = to >= rows.length - 30
  // A page of the server looks at so many rows and no more: of a rare thing it may hold none, and the next ones do.
  const failed = !!p.list.error && rows.length === 0
  useEffect(() => {
    if (more && near && !failed) loadMore()
  }, [near, more, failed, loadMore])

  const go = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to))
    if (rows.length === 0) return -1
    setActive(next)
    reveal(next)
    return next
  }
  const keys = () => rows.map(p.keyOf)
  const reach = (to: number) => {
    const row = rows[go(to)]
    if (row) p.selection?.range(keys(), p.keyOf(row))
  }
  const onActive = (act: (row: T) => void) => () => {
    const row = rows[active]
    if (row) act(row)
  }
  useShowKeys({
    j: () => go(active + 1),
    k: () => go(active - 1),
    ArrowDown: () => go(active + 1),
    ArrowUp: () => go(active - 1),
    Home: () => go(0),
    End: () => go(rows.length - 1),
    J: () => reach(active + 1),
    K: () => reach(active - 1),
    x: onActive(row => p.selection?.toggle(p.keyOf(row))),
    'mod+a': () => p.selection?.set(keys()),
    Enter: onActive(row => p.onOpen?.(row)),
  })
  useKeys({ Escape: () => p.selection?.clear() }, !p.selection?.chosen.size)

  const latest = useRef(p)
  latest.current = p
  const [acts] = useState<RowActs<T>>(() => ({
    touch: setActive,
    open: row => latest.current.onOpen?.(row),
    check(key, range) {
      const { selection, list, keyOf } = latest.current
      if (range) selection?.range(list.rows.map(keyOf), key)
      else selection?.toggle(key)
    },
  }))
  const template = {
    '--columns': `${p.selection ? '40px ' : ''}${columns.map(c => c.width).join(' ')}`,
  } as CSSProperties
  const minWidth = leastWidth(columns, p.selection ? 40 : 0)
  const activeKey = rows[active] && p.keyOf(rows[active])
  if (failed && p.list.error) return <ErrorState error={p.list.error} retry={p.list.reload} />
  return (
    <div className={css.wrap}>
      <div
        ref={setScroller}
        className={css.grid}
        role="grid"
        aria-label={p.label}
        aria-rowcount={p.list.more ? -1 : rows.length + 1}
        aria-multiselectable={p.selection ? true : undefined}
        aria-busy={p.list.loading}
        aria-activedescendant={activeKey && `row-${activeKey}`}
        tabIndex={0}
      >
        <div role="rowgroup" className={css.head} style={{ minWidth, ...template }}>
          <Heading columns={columns} sort={p.sort} onSort={p.onSort}>
            {p.selection && <CheckAll keys={keys} selection={p.selection} />}
          </Heading>
        </div>
        {p.list.loading ? (
          <Across>
            <Skeleton rows={14} />
          </Across>
        ) : rows.length === 0 ? (
          !p.list.more && p.empty && <Across>{p.empty}</Across>
        ) : (
          <div role="rowgroup" className={css.body} style={{ height: rows.length * height, minWidth, ...template }}>
            {slots.map(({ key: slot, at }) => {
              const row = rows[at]
              if (row === undefined) return null
              const key = p.keyOf(row)
              return (
                <GridRow
                  key={slot}
                  id={key}
                  row={row}
                  index={at}
                  top={at * height}
                  columns={columns}
                  active={at === active}
                  selected={p.selection?.chosen.has(key)}
                  failure={p.failures?.get(key)}
                  acts={acts}
                />
              )
            })}
          </div>
        )}
        {(p.list.loadingMore || (more && rows.length === 0)) && (
          <Across>
            <p className={css.more}>{say('ui.loading')}</p>
          </Across>
        )}
      </div>
      <Foot list={p.list} selection={p.selection} bulk={p.bulk} exports={p.exports} />
    </div>
  )
}

/** What stands in the place of rows: a grid holds nothing but rows of cells. */
const Across = ({ children }: { children: ReactNode }) => (
  <div role="rowgroup">
    <div role="row">
      <div role="gridcell">{children}</div>
    </div>
  </div>
)

interface HeadingProps<T> {
  columns: Column<T>[]
  sort?: string
  onSort?(sort: string): void
  children: ReactNode
}

function Heading<T>({ columns, sort, onSort, children }: HeadingProps<T>) {
  return (
    <div role="row" aria-rowindex={1} className={css.row}>
      {children}
      {columns.map(c => (
        <div
          key={c.key}
          role="columnheader"
          className={`${css.cell} ${c.num ? css.num : ''}`}
          aria-sort={c.sort ? (c.sort === sort ? 'descending' : 'none') : undefined}
          title={c.title}
        >
          {c.sort && onSort ? (
            <button type="button" className={css.sort} onClick={() => onSort(c.sort === sort ? '' : (c.sort ?? ''))}>
              {c.title}
              {c.sort === sort && <ArrowDown size={12} aria-hidden="true" />}
            </button>
          ) : (
            c.title
          )}
        </div>
      ))}
    </div>
  )
}

function CheckAll({ keys, selection }: { keys(): string[]; selection: Selection }) {
  const some = selection.chosen.size > 0
  return (
    <div role="columnheader" className={css.check}>
      <input
        type="checkbox"
        aria-label={say('ui.select_all')}
        checked={some}
        onChange={() => (some ? selection.clear() : selection.set(keys()))}
      />
    </div>
  )
}

/** How much is shown, or how many are selected with what may be done to them. It takes its own room and hides no row. */
interface FootProps<T> {
  list: List<T>
  selection?: Selection
  bulk?: ReactNode
  exports?: Exported
}

function Foot<T>({ list, selection, bulk, exports }: FootProps<T>) {
  const n = selection?.chosen.size ?? 0
  const count = number(list.rows.length) + (list.more ? '+' : '')
  return (
    <div className={css.foot} data-on={n > 0 || undefined}>
      <span aria-live="polite">{n > 0 ? say('ui.selected', { n }) : say('ui.rows', { n: count })}</span>
      {n > 0 && bulk}
      <span className={css.grow} />
      {list.refreshing && <span>{say('ui.refreshing')}</span>}
      {exports && list.rows.length > 0 && <ExportButton {...exports} />}
    </div>
  )
}
