import { useLocation } from 'wouter'
import type { Case, CaseCounts, Refund } from '../../api/types.gen.ts'
import type { Query } from '../../shared/api.ts'
import { useGet, useList } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { ColumnPicker } from '../../ui/ColumnPicker.tsx'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { ListBar } from '../../ui/ListBar.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { useViews, type View } from '../../ui/views.ts'
import css from './Aftersales.module.css'
import { caseColumns, refundColumns } from './columns.tsx'

const most = 1000
const states = ['requested', 'approved', 'received', 'inspected', 'closed', 'rejected', 'cancelled', 'expired']
const follows = ['aftersales', 'refund']

/** After-sales: cases by whose turn it is, and the money that waits for somebody. */
export default function Aftersales() {
  const counts = useGet('count-cases', {}, { follows })
  const views = useViews('aftersales', builtIn(counts.data), ['status', 'refund'])
  const money = views.filters.refund
  return (
    <div className={css.page}>
      <ListBar
        label={say('ui.screen.aftersales')}
        views={views}
        filters={
          money
            ? []
            : [
                {
                  name: 'status',
                  label: say('ui.aftersales.status'),
                  options: states.map(s => ({ value: s, text: say(`ui.aftersales.status.${s}`) })),
                },
              ]
        }
        tools={
          <ColumnPicker
            name={money ? 'refunds' : 'cases'}
            columns={(money ? refundColumns() : caseColumns()) as ReturnType<typeof caseColumns>}
          />
        }
      />
      {money ? <Refunds status={money} /> : <Cases status={views.filters.status ?? ''} />}
    </div>
  )
}

function Cases({ status }: { status: string }) {
  const [, navigate] = useLocation()
  const query = (status ? { status } : {}) as Query<'list-cases'>
  const list = useList('list-cases', query, p => p.cases as Case[], { follows })
  return (
    <DataGrid
      name="cases"
      label={say('ui.screen.aftersales')}
      columns={caseColumns()}
      list={list}
      keyOf={c => c.id}
      onOpen={c => navigate(`/returns/${c.id}`)}
      exports={{ list: 'list-cases', query }}
      empty={<EmptyState title={say('ui.aftersales.none')} text={say('ui.aftersales.none_text')} />}
    />
  )
}

function Refunds({ status }: { status: string }) {
  const [, navigate] = useLocation()
  const query = { status } as Query<'list-refunds'>
  const list = useList('list-refunds', query, p => p.refunds as Refund[], { follows })
  return (
    <DataGrid
      name="refunds"
      label={say('ui.aftersales.refunds')}
      columns={refundColumns()}
      list={list}
      keyOf={r => r.id}
      onOpen={r => navigate(`/returns/${r.case}`)}
      exports={{ list: 'list-refunds', query }}
      empty={<EmptyState title={say('ui.aftersales.no_refunds')} text={say('ui.aftersales.none_text')} />}
    />
  )
}

function builtIn(counts: CaseCounts | undefined): View[] {
  const shown = (n: number | undefined) => (n === undefined ? undefined : n >= most ? `${most}+` : String(n))
  const cases = ['requested', 'approved', 'received', 'inspected'].map(id => ({
    id,
    title: say(`ui.aftersales.view.${id}`),
    filters: { status: id },
    count: shown(counts?.cases[id]),
  }))
  const refunds = ['requested', 'approved', 'failed'].map(id => ({
    id: `refund-${id}`,
    title: say(`ui.aftersales.view.refund_${id}`),
    filters: { refund: id },
    count: shown(counts?.refunds[id]),
  }))
  return [
    ...cases,
    ...refunds,
    { id: 'all', title: say('ui.aftersales.view.all'), filters: {} as Record<string, string> },
  ]
}
