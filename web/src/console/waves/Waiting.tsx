import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { WaveCandidate, WaveOutlook } from '../../api/types.gen.ts'
import type { ApiError } from '../../shared/api.ts'
import { short } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { type List, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { ListBar } from '../../ui/ListBar.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useSelection } from '../../ui/selection.ts'
import { useViews, type View } from '../../ui/views.ts'
import { TimeLeft, When } from '../../ui/When.tsx'
import { Load } from './Load.tsx'
import { failuresOf, release } from './release.ts'
import css from './Waves.module.css'

const most = 500

/** What waits for a wave at one warehouse: by the collection it has to leave with, by zone; what is selected becomes a wave. */
export function Waiting({ outlook: o }: { outlook: WaveOutlook }) {
  const [, navigate] = useLocation()
  const views = useViews('waves', cutoffs(o), ['cutoff', 'zone'])
  const narrowed = { cutoff: views.filters.cutoff, zone: views.filters.zone }
  const read = useGet(
    'list-wave-candidates',
    { query: { node: o.node, ...narrowed, limit: most } },
    { every: 15_000, follows: ['wave', 'allocation'] },
  )
  const list: List<WaveCandidate> = {
    rows: read.data?.candidates ?? [],
    more: false,
    loading: read.isPending,
    refreshing: read.isFetching && !read.isPending,
    loadingMore: false,
    error: read.error,
    loadMore: () => {},
    reload: () => void read.refetch(),
    patch: () => {},
  }
  const selection = useSelection()
  const [failures, setFailures] = useState<ReadonlyMap<string, ApiError>>(new Map())
  const shown = JSON.stringify([o.node, views.filters])
  // biome-ignore lint/correctness/useExhaustiveDependencies: other filters are other rows, and what was selected is out of sight
  useEffect(() => {
    selection.clear()
    setFailures(new Map())
  }, [shown])

  const chosen = list.rows.filter(r => selection.chosen.has(r.fulfilment))
  const build = async (method: 'discrete' | 'batch') => {
    const out = await release({ fulfilments: chosen.map(r => r.fulfilment), method })
    if (!out) return
    setFailures(failuresOf(out))
    selection.set(out.refused.map(r => r.fulfilment))
    if (out.wave && out.refused.length === 0) navigate(`/waves/${out.wave}`)
  }
  const work = may('work')
  // No single letter: what is released cannot be taken back, and scanners type letters.
  useKeys({ 'mod+Enter': () => void build('batch') }, !work || chosen.length === 0)
  return (
    <div className={css.waiting}>
      <ListBar label={say('ui.waves.by_cutoff')} views={views} filters={zones(o)} />
      <DataGrid
        name="wave-candidates"
        label={say('ui.waves.waiting')}
        columns={columns()}
        list={list}
        keyOf={r => r.fulfilment}
        onOpen={r => navigate(`/orders/${r.order}`)}
        selection={work ? selection : undefined}
        failures={failures}
        exports={{ list: 'list-wave-candidates', query: { node: o.node, ...narrowed } }}
        empty={
          <EmptyState
            title={say('ui.waves.none')}
            text={say(o.orders > 0 ? 'ui.waves.none_filtered' : 'ui.waves.none_text')}
          />
        }
        bulk={
          <>
            <Load load={sum(chosen)} />
            <Button tone="primary" keys="mod+Enter" onClick={() => void build('batch')}>
              {say('ui.waves.build_batch')}
            </Button>
            <Button onClick={() => void build('discrete')}>{say('ui.waves.build_discrete')}</Button>
          </>
        }
      />
      {read.data?.more && <p className={css.cut}>{say('ui.waves.more', { n: most })}</p>}
    </div>
  )
}

const sum = (rows: WaveCandidate[]) => ({
  orders: rows.length,
  lines: rows.reduce((n, r) => n + r.lines, 0),
  units: rows.reduce((n, r) => n + r.units, 0),
})

/** All, and each collection with what has to leave with it. */
function cutoffs(o: WaveOutlook): View[] {
  return [
    { id: 'all', title: say('ui.waves.all'), filters: {}, count: String(o.orders) },
    ...o.cutoffs.map(c => ({
      id: c.at ?? 'none',
      title: c.at ? `${short(c.at)} ${c.carriers.join(' ')}` : say('ui.waves.no_deadline'),
      filters: { cutoff: c.at ?? 'none' },
      count: String(c.orders),
    })),
  ]
}

const zones = (o: WaveOutlook) => [
  {
    name: 'zone',
    label: say('ui.waves.zone'),
    options: o.zones.map(z => ({
      value: z.zone || '-',
      text: `${z.zone || say('ui.waves.several_zones')} (${z.orders})`,
    })),
  },
]

const columns = (): Column<WaveCandidate>[] => [
  {
    key: 'no',
    title: say('ui.orders.no'),
    width: 'minmax(180px, 1fr)',
    cell: r => (
      <Link href={`/orders/${r.order}`} className="code">
        {r.external_no}
      </Link>
    ),
  },
  {
    key: 'deadline',
    title: say('ui.orders.deadline'),
    width: '110px',
    num: true,
    cell: r => <TimeLeft until={r.deadline} />,
  },
  {
    key: 'cutoff',
    title: say('ui.waves.cutoff'),
    width: '120px',
    cell: r => (r.cutoff_at ? <When at={r.cutoff_at} as="clock" /> : '—'),
  },
  { key: 'zone', title: say('ui.waves.zone'), width: '110px', cell: r => r.zone || say('ui.waves.several_zones') },
  { key: 'lines', title: say('ui.waves.lines'), width: '80px', num: true, cell: r => r.lines },
  { key: 'units', title: say('ui.orders.units'), width: '80px', num: true, cell: r => r.units },
]
