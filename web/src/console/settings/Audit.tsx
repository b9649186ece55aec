import type { AuditEntry } from '../../api/types.gen.ts'
import type { Query } from '../../shared/api.ts'
import { useList } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { When } from '../../ui/When.tsx'

/** Who did what, newest first. */
export function Audit() {
  const list = useList('list-audit', {} as Query<'list-audit'>, p => p.entries)
  return (
    <DataGrid
      name="audit"
      label={say('ui.settings.audit')}
      columns={columns()}
      list={list}
      keyOf={e => e.id}
      empty={<EmptyState title={say('ui.settings.no_audit')} />}
    />
  )
}

const columns = (): Column<AuditEntry>[] => [
  { key: 'at', title: say('ui.settings.at'), width: '150px', cell: e => <When at={e.at} /> },
  { key: 'actor', title: say('ui.settings.actor'), width: '160px', cell: e => e.actor },
  { key: 'act', title: say('ui.settings.act'), width: '200px', cell: e => <span className="code">{e.act}</span> },
  {
    key: 'object',
    title: say('ui.settings.object'),
    width: '210px',
    cell: e => <span className="code">{e.object}</span>,
  },
  {
    key: 'fields',
    title: say('ui.settings.set'),
    width: 'minmax(200px, 1fr)',
    cell: e => [e.fields.join(', '), e.purpose, e.note].filter(Boolean).join(' · '),
  },
  { key: 'address', title: say('ui.settings.from'), width: '140px', cell: e => e.address },
]
