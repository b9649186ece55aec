import { Link } from 'wouter'
import type { FigureRow } from '../../api/types.gen.ts'
import { number, short } from '../../shared/format.ts'
import { useList } from '../../shared/query.ts'
import { name, say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { actorName } from '../../ui/Timeline.tsx'
import { When } from '../../ui/When.tsx'
import css from './Dashboard.module.css'

export interface Wanted {
  figure: string
  part?: string
  from: string
  to: string
  node?: string
}

/** The list behind a figure: every single thing that it counts. */
export function Behind({ wanted: w, count, onClose }: { wanted: Wanted; count: number; onClose(): void }) {
  const list = useList('list-figure', { node: w.node, part: w.part, from: w.from, to: w.to }, p => p.rows, {
    path: { figure: w.figure },
  })
  const what = [say(`ui.dashboard.figure.${w.figure}`), w.part && partName(w.figure, w.part)].filter(Boolean)
  return (
    <Drawer title={`${what.join(' · ')}: ${number(count)}`} open onClose={onClose} wide>
      <p className={css.span}>
        {short(w.from)} – {short(w.to)}
      </p>
      <div className={css.behind}>
        <DataGrid
          name={`figure-${w.figure}`}
          label={what.join(' · ')}
          columns={columns(w.figure)}
          list={list}
          exports={{
            list: 'list-figure',
            query: { figure: w.figure, node: w.node, part: w.part, from: w.from, to: w.to },
          }}
          keyOf={r => r.key}
          empty={<EmptyState title={say('ui.dashboard.none')} />}
        />
      </div>
    </Drawer>
  )
}

/** What a part of a figure is called. */
export function partName(figure: string, part: string): string {
  if (figure === 'returned') return name('aftersales.reason', part)
  if (figure === 'packed') return actorName(part)
  return part
}

function columns(figure: string): Column<FigureRow>[] {
  const lines = figure === 'picked' || figure === 'short'
  const list: Column<FigureRow>[] = [
    { key: 'at', title: say('ui.dashboard.time'), width: '110px', cell: r => <When at={r.at} as="clock" /> },
    {
      key: 'order',
      title: say('ui.dashboard.order'),
      width: 'minmax(150px, 1fr)',
      cell: r => (
        <Link href={`/orders/${r.order}`} className="code">
          {r.order_no}
        </Link>
      ),
    },
  ]
  if (figure !== 'in') list.push({ key: 'node', title: say('ui.warehouse'), width: '90px', cell: r => r.node })
  if (figure !== 'picked') {
    list.push({
      key: 'part',
      title: say(`ui.dashboard.part.${figure === 'late' ? 'shipped' : figure}`),
      width: '130px',
      cell: r => partName(figure, r.part ?? ''),
    })
  }
  if (lines) {
    list.push(
      { key: 'sku', title: 'SKU', width: '140px', cell: r => <span className="code">{r.sku}</span> },
      { key: 'units', title: say('ui.dashboard.units'), width: '70px', num: true, cell: r => number(r.units ?? 0) },
    )
  }
  if (figure === 'late' || figure === 'shipped') {
    list.push({
      key: 'due',
      title: say('ui.dashboard.due'),
      width: '110px',
      cell: r => <When at={r.due} as="clock" />,
    })
  }
  return list
}
