import type { ReactNode } from 'react'
import css from './Card.module.css'

/** A part of a page with its heading. acts stand at the end of the heading. */
export function Card({ title, acts, children }: { title: string; acts?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.card}>
      <header className={css.head}>
        <h2>{title}</h2>
        {acts}
      </header>
      <div className={css.body}>{children}</div>
    </section>
  )
}

/** Names with what they are: [['Channel', 'flagship'], …]. What is empty is left out. */
export function Facts({ list }: { list: [string, ReactNode][] }) {
  return (
    <dl className={css.facts}>
      {list
        .filter(([, value]) => value !== undefined && value !== '' && value !== null)
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

interface Head {
  title: string
  num?: boolean
}

/** A short table. For lists that may be long use DataGrid. */
export function Table({ head, rows }: { head: Head[]; rows: { key: string; cells: ReactNode[] }[] }) {
  return (
    // It may be wider than its place: the focus lets the keys scroll it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div className={css.scroll} tabIndex={0}>
      <table className={css.table}>
        <thead>
          <tr>
            {head.map(h => (
              <th key={h.title} scope="col" className={h.num ? css.num : undefined}>
                {h.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(r => (
            <tr key={r.key}>
              {r.cells.map((c, i) => (
                <td key={head[i]?.title} className={head[i]?.num ? css.num : undefined}>
                  {c}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
