import { LogOut, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Grant, Person } from '../../api/types.gen.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, SelectField, TextField } from '../../ui/Form.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import css from './Settings.module.css'

const roles: Grant['role'][] = [
  'admin',
  'manager',
  'reviewer',
  'warehouse_manager',
  'picker',
  'packer',
  'service',
  'auditor',
  'integration',
]

/** What a grant says: the role, and where it holds. */
function grantText(g: Grant) {
  const where = [...(g.reach?.nodes ?? []), ...(g.reach?.shops ?? []), ...(g.reach?.owners ?? [])].map(String)
  return where.length ? `${say(`ui.settings.role_${g.role}`)} (${where.join(', ')})` : say(`ui.settings.role_${g.role}`)
}

/** Whether a person has one role everywhere, which is what this page can change. */
const simple = (p: Person) => p.grants.length === 1 && !Object.values(p.grants[0]?.reach ?? {}).some(l => l?.length)

/** Who may log in, with roles; a role is given, changed, and sessions are ended here. */
export function People() {
  const read = useGet('list-users', {})
  const [edited, setEdited] = useState<Person | 'new' | null>(null)
  const [leaving, setLeaving] = useState<Person | null>(null)
  const out = useAct('sign-out-user', {
    done: (_, input) => {
      toast(say('ui.settings.signed_out', { login: input.path?.login }))
      setLeaving(null)
    },
  })
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={6} />
  return (
    <div className={css.panel}>
      <Card
        title={say('ui.settings.people')}
        acts={
          <Button tone="primary" icon={<Plus size={14} />} onClick={() => setEdited('new')}>
            {say('ui.settings.add_person')}
          </Button>
        }
      >
        <Table
          head={[
            { title: say('ui.settings.login') },
            { title: say('ui.settings.roles') },
            { title: say('ui.settings.since') },
            { title: say('ui.settings.state') },
            { title: say('ui.settings.acts') },
          ]}
          rows={read.data.people.map(p => ({
            key: p.login,
            cells: [
              <b key="login">{p.login}</b>,
              p.grants.map(grantText).join(', '),
              p.created_at?.slice(0, 10),
              <StateBadge
                key="state"
                area=""
                value={p.disabled ? 'off' : 'on'}
                tone={p.disabled ? 'cancelled' : 'neutral'}
                text={say(p.disabled ? 'ui.settings.off' : 'ui.settings.on')}
              />,
              <span key="acts">
                {simple(p) && (
                  <Button tone="quiet" icon={<Pencil size={14} />} onClick={() => setEdited(p)}>
                    {say('ui.settings.change_role')}
                  </Button>
                )}
                <Button tone="quiet" icon={<LogOut size={14} />} onClick={() => setLeaving(p)}>
                  {say('ui.settings.sign_out')}
                </Button>
              </span>,
            ],
          }))}
        />
      </Card>
      {edited && <PersonDialog person={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />}
      {leaving && (
        <Dialog
          open
          title={say('ui.settings.sign_out_what', { login: leaving.login })}
          onClose={() => setLeaving(null)}
          acts={
            <Button
              tone="danger"
              busy={out.isPending}
              onClick={() => out.mutate({ path: { login: leaving.login }, body: {} }, { onError: toastError })}
            >
              {say('ui.settings.sign_out')}
            </Button>
          }
        >
          <p>{say('ui.settings.sign_out_text')}</p>
        </Dialog>
      )}
    </div>
  )
}

function PersonDialog({ person, onClose }: { person?: Person; onClose(): void }) {
  const [login, setLogin] = useState(person?.login ?? '')
  const [password, setPassword] = useState('')
  const [role, setRole] = useState<string>(person?.grants[0]?.role ?? 'picker')
  const done = () => {
    toast(say('ui.settings.saved_person', { login, role: say(`ui.settings.role_${role}`) }))
    onClose()
  }
  const create = useAct('create-user', { done })
  const grant = useAct('grant-user', { done })
  const grants = [{ role: role as Grant['role'] }]
  const send = () =>
    person
      ? grant.mutate({ path: { login: person.login }, body: { grants } })
      : create.mutate({ body: { login: login.trim(), password, grants } })
  return (
    <Dialog
      open
      title={person ? say('ui.settings.role_of', { login: person.login }) : say('ui.settings.add_person')}
      onClose={onClose}
      acts={
        <Button tone="primary" form="person" type="submit" keys="mod+Enter" busy={create.isPending || grant.isPending}>
          {say('ui.save')}
        </Button>
      }
    >
      <Form id="person" error={create.error ?? grant.error} onSubmit={send}>
        {!person && (
          <>
            <TextField name="login" label={say('ui.settings.login')} value={login} onChange={setLogin} must focus />
            <TextField
              name="password"
              type="password"
              auto="new-password"
              label={say('ui.settings.password')}
              hint={say('ui.settings.password_hint')}
              value={password}
              onChange={setPassword}
              must
            />
          </>
        )}
        <SelectField
          name="grants"
          label={say('ui.settings.roles')}
          value={role}
          onChange={setRole}
          options={roles.map(value => ({ value, text: say(`ui.settings.role_${value}`) }))}
        />
      </Form>
    </Dialog>
  )
}
