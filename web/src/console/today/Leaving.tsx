import { Link, useLocation } from 'wouter'
import type { LeavingOrder, NodeBoard } from '../../api/types.gen.ts'
import type { Query } from '../../shared/api.ts'
import { number, short } from '../../shared/format.ts'
import { useList } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import { states } from './states.ts'
import css from './Today.module.css'

/** Opens and shows what has to leave with a collection; which one is in the address. */
export function useLeaving(boards: NodeBoard[] | undefined) {
  const [url, change] = useUrlState()
  const open = (node: string, cutoff: string, state?: string) => change({ node, cutoff, state })
  const close = () => change({ node: undefined, cutoff: undefined, state: undefined })
  const drawer = url.node && url.cutoff && (
    <Leaving
      node={url.node}
      cutoff={url.cutoff}
      state={url.state}
      board={boards?.find(b => b.node === url.node)}
      onState={state => change({ state })}
      onClose={close}
    />
  )
  return { open, drawer }
}

interface Props {
  node: string
  cutoff: string
  state: string | undefined
  board: NodeBoard | undefined
  onState(state: string | undefined): void
  onClose(): void
}

/** The orders behind the bar of a collection, by how far they are. */
function Leaving({ node, cutoff, state, board, onState, onClose }: Props) {
  const [, navigate] = useLocation()
  const query = { node, cutoff, ...(state && { status: state }) } as Query<'list-leaving'>
  const list = useList('list-leaving', query, p => p.orders, { follows: ['wave', 'pick', 'pack', 'ship'] })
  const counts = board?.cutoffs.find(c => c.at === cutoff)
  const of = (s: (typeof states)[number]) => (counts ? number(counts[s]) : undefined)
  const title = say('ui.today.leaving', { at: short(cutoff), node, carriers: counts?.carriers.join(' ') ?? '' })
  return (
    <Drawer title={title} open onClose={onClose} wide>
      <Tabs
        label={title}
        at={state ?? 'all'}
        onGo={id => onState(id === 'all' ? undefined : id)}
        tabs={[
          { id: 'all', title: say('ui.today.all') },
          ...states.map(s => ({ id: s, title: say(`fulfilment.status.${s}`), count: of(s) })),
        ]}
      />
      <div className={css.behind}>
        <DataGrid
          name="leaving"
          label={title}
          columns={columns()}
          list={list}
          keyOf={o => o.fulfilment}
          onOpen={o => navigate(`/orders/${o.order}`)}
          exports={{ list: 'list-leaving', query }}
          empty={<EmptyState title={say('ui.today.none_leaving')} text={say('ui.today.none_leaving_text')} />}
        />
      </div>
      {counts && counts.allocated > 0 && (
        <p className={css.next}>
          <Link href={`/waves?node=${node}&view=${encodeURIComponent(cutoff)}`}>
            {say('ui.today.release', { n: counts.allocated })}
          </Link>
        </p>
      )}
    </Drawer>
  )
}

const columns = (): Column<LeavingOrder>[] => [
  {
    key: 'no',
    title: say('ui.orders.no'),
    width: 'minmax(160px, 1fr)',
    cell: o => (
      <Link href={`/orders/${o.order}`} className="code">
        {o.external_no}
      </Link>
    ),
  },
  {
    key: 'state',
    title: say('ui.orders.state'),
    width: '130px',
    cell: o => <StateBadge area="fulfilment.status" value={o.status} />,
  },
  {
    key: 'deadline',
    title: say('ui.orders.deadline'),
    width: '110px',
    num: true,
    cell: o => <TimeLeft until={o.deadline} />,
  },
  { key: 'lines', title: say('ui.today.lines'), width: '76px', num: true, cell: o => number(o.lines) },
  { key: 'units', title: say('ui.orders.units'), width: '76px', num: true, cell: o => number(o.units) },
]
