import { Check } from 'lucide-react'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import { roles } from './grants.ts'
import css from './Settings.module.css'

const scopes = [
  'orders:read',
  'orders:write',
  'orders:force',
  'stock:read',
  'stock:write',
  'work',
  'ship',
  'pii',
  'audit',
  'admin',
]

/** What each role may do: roles down, rights across. */
export function Roles() {
  const read = useGet('list-roles')
  if (!read.data) return null
  const may = new Map(read.data.roles.map(r => [r.role, new Set<string>(r.scopes)]))
  return (
    <Card title={say('ui.settings.role_table')}>
      <Table
        head={[
          { title: say('ui.settings.roles') },
          ...scopes.map(s => ({ title: say(`ui.settings.scope_${s.replace(':', '_')}`) })),
        ]}
        rows={roles.map(role => ({
          key: role,
          cells: [
            <b key="role">{say(`ui.settings.role_${role}`)}</b>,
            ...scopes.map(s =>
              may.get(role)?.has('*') || may.get(role)?.has(s) ? (
                <span key={s} className={css.yes}>
                  <Check size={14} aria-hidden="true" />
                  <span className="visually-hidden">{say('ui.settings.yes')}</span>
                </span>
              ) : (
                <span key={s} className={css.quiet}>
                  <span aria-hidden="true">·</span>
                  <span className="visually-hidden">{say('ui.settings.no')}</span>
                </span>
              ),
            ),
          ],
        }))}
      />
    </Card>
  )
}
