import { useEffect, useRef } from 'react'
import { Table } from './Card.tsx'
import css from './Chart.module.css'
import type { ChartOption } from './echarts.ts'

interface Props {
  option: ChartOption
  /** What the chart tells, in a sentence: it is read instead of the picture. */
  summary: string
  /** The same numbers as a table, for those who cannot see the picture. */
  table?: { head: { title: string; num?: boolean }[]; rows: { key: string; cells: (string | number)[] }[] }
  /** Pixels, or a length of CSS. */
  height?: number | string
  onPick?(name: string): void
}

/** A chart. The library comes when the first one is drawn. Series have patterns beside their colours. */
export function Chart({ option, summary, table, height = 240, onPick }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  pick.current = onPick
  const latest = useRef(option)
  latest.current = option
  const redraw = useRef<(o: ChartOption) => void>(() => {})
  useEffect(() => {
    let gone = false
    let end = () => {}
    void import('./echarts.ts').then(({ draw }) => {
      if (gone || !place.current) return
      const chart = draw(place.current, name => pick.current?.(name))
      redraw.current = chart.show
      end = chart.end
      chart.show(latest.current)
    })
    return () => {
      gone = true
      end()
    }
  }, [])
  useEffect(() => redraw.current(option), [option])
  return (
    <figure>
      <div ref={place} style={{ height }} role="img" aria-label={summary} />
      {table && (
        <figcaption>
          <details className={css.table}>
            <summary>{summary}</summary>
            <Table head={table.head} rows={table.rows} />
          </details>
        </figcaption>
      )}
    </figure>
  )
}
