import { Link, useLocation } from 'wouter'
import type { Wave } from '../../api/types.gen.ts'
import { useList } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { actorName } from '../../ui/Timeline.tsx'
import { TimeLeft, When } from '../../ui/When.tsx'
import css from './Waves.module.css'

/** The waves of a warehouse, newest first, each with how many of its walks are over. */
export function Released({ node }: { node: string }) {
  const [, navigate] = useLocation()
  const list = useList('list-waves', { node }, p => p.waves, { follows: ['wave', 'pick'], window: 50 })
  return (
    <DataGrid
      name="waves"
      label={say('ui.waves.list')}
      columns={columns()}
      list={list}
      keyOf={w => w.id}
      onOpen={w => navigate(`/waves/${w.id}`)}
      exports={{ list: 'list-waves', query: { node } }}
      empty={<EmptyState title={say('ui.waves.no_waves')} text={say('ui.waves.no_waves_text')} />}
    />
  )
}

const over = (w: Wave) => w.tasks_over >= w.tasks

const columns = (): Column<Wave>[] => [
  {
    key: 'at',
    title: say('ui.waves.released_at'),
    width: '120px',
    cell: w => (
      <Link href={`/waves/${w.id}`}>
        <When at={w.released_at} as="clock" />
      </Link>
    ),
  },
  { key: 'method', title: say('ui.waves.field.method'), width: '190px', cell: w => say(`ui.waves.${w.method}`) },
  { key: 'orders', title: say('ui.waves.orders'), width: '80px', num: true, cell: w => w.orders },
  { key: 'lines', title: say('ui.waves.lines'), width: '80px', num: true, cell: w => w.lines },
  {
    key: 'done',
    title: say('ui.waves.walks'),
    width: 'minmax(150px, 1fr)',
    cell: w => (
      <span className={css.done}>
        <Progress done={w.tasks_over} of={w.tasks} label={say('ui.waves.walks')} />
        <span>
          {w.tasks_over} / {w.tasks}
        </span>
      </span>
    ),
  },
  {
    key: 'cutoff',
    title: say('ui.waves.cutoff'),
    width: '120px',
    num: true,
    cell: w => <TimeLeft until={w.cutoff_at} over={over(w)} />,
  },
  { key: 'by', title: say('ui.waves.released_by'), width: '110px', cell: w => actorName(w.released_by) },
]
