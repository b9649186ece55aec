import { Plus } from 'lucide-react'
import { useLocation } from 'wouter'
import type { Rule } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { useKeys } from '../../shared/keys.ts'
import { type List, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import css from './Rules.module.css'
import { asInput, called } from './rule.ts'

/** Colours of what a rule does. */
export const actionTone = { hold: 'hold', reject: 'exception', tag: 'neutral' } as const

/** The rules of the review, in the order in which they are asked. */
export default function Rules() {
  const [, navigate] = useLocation()
  const read = useGet('list-rules', {}, { follows: ['review'] })
  const rows = read.data?.rules ?? []
  const list: List<Rule> = {
    rows,
    more: false,
    loading: read.isPending,
    refreshing: read.isFetching,
    loadingMore: false,
    error: read.error,
    loadMore: () => {},
    reload: () => void read.refetch(),
    patch: () => {},
  }
  const admin = may('admin')
  const add = () => navigate('/rules/new')
  useKeys({ n: add }, !admin)
  const turn = async (r: Rule, on: boolean) => {
    try {
      await call('save-rule', { path: { code: r.id }, body: { ...asInput(r), enabled: on } })
      void read.refetch()
      toast(say(on ? 'ui.rules.turned_on' : 'ui.rules.turned_off', { rule: called(r) }), () => turn(r, !on))
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <p className={css.quiet}>{say('ui.rules.order', { n: rows.filter(r => r.enabled).length })}</p>
        {admin && (
          <Button tone="primary" icon={<Plus size={14} />} keys="n" onClick={add}>
            {say('ui.rules.new')}
          </Button>
        )}
      </header>
      <DataGrid
        name="rules"
        label={say('ui.screen.rules')}
        columns={columns(admin ? turn : undefined)}
        list={list}
        keyOf={r => r.id}
        onOpen={r => navigate(`/rules/${r.id}`)}
        exports={{ list: 'list-rules' }}
        empty={<EmptyState title={say('ui.rules.none')} />}
      />
    </div>
  )
}

const columns = (turn?: (r: Rule, on: boolean) => void): Column<Rule>[] => [
  { key: 'priority', title: say('ui.rules.priority'), width: '84px', num: true, cell: r => r.priority },
  { key: 'name', title: say('ui.rules.name'), width: 'minmax(180px, 1fr)', cell: r => called(r) },
  {
    key: 'action',
    title: say('ui.rules.action'),
    width: '120px',
    cell: r => (
      <StateBadge
        area=""
        value={r.action}
        tone={actionTone[r.action as keyof typeof actionTone]}
        text={say(`ui.rules.act_${r.action}`)}
      />
    ),
  },
  {
    key: 'expr',
    title: say('ui.rules.expr'),
    width: 'minmax(320px, 2fr)',
    cell: r => <code className={css.code}>{r.expr}</code>,
  },
  { key: 'version', title: say('ui.rules.version'), width: '80px', num: true, cell: r => r.version },
  {
    key: 'enabled',
    title: say('ui.rules.enabled'),
    width: '104px',
    cell: r =>
      turn ? (
        <label className={css.switch}>
          <input
            type="checkbox"
            checked={r.enabled}
            aria-label={say('ui.rules.switch', { rule: called(r) })}
            onClick={e => e.stopPropagation()}
            onChange={e => turn(r, e.target.checked)}
          />
          <span>{say(r.enabled ? 'ui.rules.on' : 'ui.rules.off')}</span>
        </label>
      ) : (
        say(r.enabled ? 'ui.rules.on' : 'ui.rules.off')
      ),
  },
]
