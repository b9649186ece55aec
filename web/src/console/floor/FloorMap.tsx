import { useMemo, useState } from 'react'
import type { Floor, Task, TaskDetail } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { useGet } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { name, say } from '../../shared/words.ts'
import { Card, Facts, Table } from '../../ui/Card.tsx'
import { SelectField } from '../../ui/Form.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import css from './FloorMap.module.css'
import { type Cell, type Plan, type Point, planOf } from './plan.ts'
import { Sheet } from './Sheet.tsx'

const layers = ['picks', 'units', 'open'] as const
export type Layer = (typeof layers)[number]
const spans = ['1', '7', '30']
const rows = 60 // of the table: the places with the most

/** The floor of a warehouse, drawn from the coordinates of its places: where people walk, what stands there, what waits, and the
 * way of a task before and after it was planned. */
export default function FloorMap() {
  const [url, change] = useUrlState()
  const { all, at, known } = useWarehouses()
  const node = at ?? all[0]
  const layer: Layer = layers.find(l => l === url.layer) ?? 'picks'
  const days = spans.includes(url.days ?? '') ? (url.days as string) : '7'
  const floor = useGet(
    'get-floor',
    { query: { node: node?.code, days: Number(days) } },
    { enabled: !!node, follows: ['pick', 'stock', 'wave'] },
  )
  const tasks = useGet(
    'list-tasks',
    { query: { node: node?.code, limit: 100 } },
    { enabled: !!node, follows: ['pick', 'wave'] },
  )
  const task = useGet('get-task', { path: { id: url.task ?? '' } }, { enabled: !!url.task, follows: ['pick'] })
  const [chosen, choose] = useState('')
  const plan = useMemo(() => planOf(floor.data?.places ?? []), [floor.data])
  useKeys({
    1: () => change({ layer: undefined }),
    2: () => change({ layer: 'units' }),
    3: () => change({ layer: 'open' }),
    Escape: () => choose(''),
  })
  if (floor.error && !floor.data) return <ErrorState error={floor.error} retry={() => void floor.refetch()} />
  if (known && !node) return <EmptyState title={say('ui.warehouse.none')} text={say('ui.warehouse.none_text')} />
  if (!floor.data || !node) return <Skeleton rows={12} />
  if (!plan) return <EmptyState title={say('ui.floormap.no_plan')} text={say('ui.floormap.no_plan_text')} />
  const walked = url.task && task.data?.id === url.task ? task.data : undefined
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <h2 className={css.where}>
          {node.code} {node.name}
        </h2>
        <Tabs
          label={say('ui.screen.floor')}
          at={layer}
          onGo={id => change({ layer: id === 'picks' ? undefined : id })}
          tabs={layers.map(id => ({ id, title: say(`ui.floormap.layer.${id}`) }))}
        />
        {layer === 'picks' && (
          <SelectField
            name="days"
            label={say('ui.floormap.days')}
            value={days}
            onChange={d => change({ days: d })}
            options={spans.map(d => ({ value: d, text: say('ui.floormap.last_days', { n: Number(d) }) }))}
          />
        )}
        <SelectField
          name="task"
          label={say('ui.floormap.task')}
          value={url.task ?? ''}
          onChange={t => change({ task: t || undefined })}
          options={[
            { value: '', text: say('ui.floormap.no_task') },
            ...(tasks.data?.tasks ?? []).map(t => ({ value: t.id, text: nameOf(t) })),
          ]}
        />
      </div>
      <div className={css.plan}>
        <Sheet
          plan={plan}
          layer={layer}
          walk={walked && walkOf(plan, floor.data, walked)}
          chosen={chosen}
          onChoose={choose}
        />
      </div>
      <aside className={css.side}>
        {walked && <Walk task={walked} />}
        {chosen && <Standing cell={plan.cells.find(c => c.key === chosen)} />}
        <Card title={say(`ui.floormap.layer.${layer}`)}>
          <Most plan={plan} layer={layer} />
        </Card>
        {floor.data.cut && <p className={css.note}>{say('ui.floormap.cut')}</p>}
      </aside>
    </div>
  )
}

const nameOf = (t: Task) =>
  `${t.id.slice(-6)} · ${t.zone ? say('ui.floormap.zone', { zone: t.zone }) : say(`ui.floormap.method.${t.method === 'discrete' ? 'discrete' : 'batch'}`)} · ${name('pick.task', t.status)}`

/** The two ways of a task: as it is walked, and in the plain order of the places. Both begin and end at the stage. */
export interface Ways {
  planned: Point[]
  plain: Point[]
}

function walkOf(plan: Plan, floor: Floor, task: TaskDetail): Ways {
  const stage = floor.places.find(p => p.kind === 'stage' && plan.at.has(p.code))
  const home = stage ? [plan.at.get(stage.code) as Point] : []
  const seq = new Map(floor.places.map(p => [p.code, p.pick_seq]))
  const codes = [...new Set(task.lines.map(l => l.location))].filter(c => plan.at.has(c))
  const points = (list: string[]) => [...home, ...list.map(c => plan.at.get(c) as Point), ...home]
  return { planned: points(codes), plain: points([...codes].sort((a, b) => (seq.get(a) ?? 0) - (seq.get(b) ?? 0))) }
}

/** What the planned walk saves. */
function Walk({ task }: { task: TaskDetail }) {
  const saved = task.plain_metres - task.metres
  return (
    <Card title={say('ui.floormap.walk')}>
      <Facts
        list={[
          [say('ui.floormap.planned'), say('ui.floormap.metres', { n: number(task.metres) })],
          [say('ui.floormap.plain'), say('ui.floormap.metres', { n: number(task.plain_metres) })],
          [say('ui.floormap.saved'), <strong key="s">{say('ui.floormap.metres', { n: number(saved) })}</strong>],
          [say('ui.floormap.stops'), number(stopsOf(task).length)],
        ]}
      />
      <ol className={css.stops}>
        {stopsOf(task).map(([at, lines]) => (
          <li key={at} data-done={lines.every(l => l.status !== 'open') || undefined}>
            <span className="code">{at}</span> {lines.map(l => `${l.quantity} × ${l.title}`).join(', ')}
          </li>
        ))}
      </ol>
    </Card>
  )
}

/** The stops as the plan numbers them: what is taken at one place is one. */
function stopsOf(task: TaskDetail): [string, TaskDetail['lines']][] {
  const out = new Map<string, TaskDetail['lines']>()
  for (const l of task.lines) out.set(l.location, [...(out.get(l.location) ?? []), l])
  return [...out]
}

function Standing({ cell }: { cell: Cell | undefined }) {
  if (!cell) return null
  return (
    <Card title={say('ui.floormap.place')}>
      <Figures places={cell.places} />
    </Card>
  )
}

/** The same as the plan, as a table: the places with the most of the layer. */
function Most({ plan, layer }: { plan: Plan; layer: Layer }) {
  const list = plan.cells.flatMap(c => c.places).filter(p => p[layer] > 0)
  list.sort((a, b) => b[layer] - a[layer])
  if (list.length === 0) return <p className={css.note}>{say(`ui.floormap.none.${layer}`)}</p>
  return <Figures places={list.slice(0, rows)} />
}

function Figures({ places }: { places: Cell['places'] }) {
  return (
    <Table
      head={[
        { title: say('ui.stock.location') },
        { title: say('ui.floormap.picks'), num: true },
        { title: say('ui.floormap.units'), num: true },
        { title: say('ui.floormap.open'), num: true },
      ]}
      rows={places.map(p => ({
        key: p.code,
        cells: [
          <span key="c" className="code">
            {p.code}
          </span>,
          number(p.picks),
          number(p.units),
          number(p.open),
        ],
      }))}
    />
  )
}
