import { KeyRound, LogOut, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Grant, Person } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { day } from '../../shared/format.ts'
import { queries, useGet } from '../../shared/query.ts'
import { useMe } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { shown } from './Grants.tsx'
import { reachOf, type Side } from './grants.ts'
import { PasswordDialog } from './PasswordDialog.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { Roles } from './Roles.tsx'
import css from './Settings.module.css'
import { SignOutDialog } from './SignOutDialog.tsx'

type Open = { what: 'edit' | 'password' | 'sign_out'; person?: Person }

/** Who may log in, what each may do, and where. */
export function People() {
  const me = useMe()
  const read = useGet('list-users', {})
  const [open, setOpen] = useState<Open | null>(null)
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={6} />
  const turn = async (p: Person, on: boolean) => {
    try {
      await call(on ? 'enable-user' : 'disable-user', { path: { login: p.login }, body: {} })
      void queries.invalidateQueries()
      toast(say(on ? 'ui.settings.let_in' : 'ui.settings.let_out', { login: p.login }), () => void turn(p, !on))
    } catch (error) {
      toastError(error)
    }
  }
  const close = () => setOpen(null)
  return (
    <div className={css.panel}>
      <Card
        title={say('ui.settings.people')}
        acts={
          <>
            <ExportButton list="list-users" />
            <Button tone="primary" icon={<Plus size={14} />} onClick={() => setOpen({ what: 'edit' })}>
              {say('ui.settings.add_person')}
            </Button>
          </>
        }
      >
        <Table
          head={[
            { title: say('ui.settings.login') },
            { title: say('ui.settings.roles') },
            { title: say('ui.settings.side_nodes') },
            { title: say('ui.settings.side_shops') },
            { title: say('ui.settings.side_owners') },
            { title: say('ui.settings.since') },
            { title: say('ui.settings.state') },
            { title: say('ui.settings.acts') },
          ]}
          rows={read.data.people.map(p => ({
            key: p.login,
            cells: [
              <b key="login">{p.login}</b>,
              <Stack key="role" list={p.grants} of={g => say(`ui.settings.role_${g.role}`)} />,
              ...(['nodes', 'shops', 'owners'] as const).map(side => (
                <Stack key={side} list={p.grants} of={g => where(g, side)} />
              )),
              p.created_at && day(Date.parse(p.created_at)),
              <StateBadge
                key="state"
                area=""
                value={p.disabled ? 'off' : 'on'}
                tone={p.disabled ? 'cancelled' : 'neutral'}
                text={say(p.disabled ? 'ui.settings.shut_out' : 'ui.settings.active')}
              />,
              <span key="acts" className={css.acts}>
                <Button tone="quiet" icon={<Pencil size={14} />} onClick={() => setOpen({ what: 'edit', person: p })}>
                  {say('ui.settings.change_rights')}
                </Button>
                <Menu
                  align="end"
                  trigger={<Button tone="quiet">{say('ui.settings.account')}</Button>}
                  items={[
                    {
                      text: say('ui.settings.new_password'),
                      icon: <KeyRound size={14} />,
                      act: () => setOpen({ what: 'password', person: p }),
                    },
                    {
                      text: say('ui.settings.sign_out'),
                      icon: <LogOut size={14} />,
                      act: () => setOpen({ what: 'sign_out', person: p }),
                    },
                    null,
                    {
                      text: say(p.disabled ? 'ui.settings.enable' : 'ui.settings.disable'),
                      danger: !p.disabled,
                      disabled: me.name === `user:${p.login}`,
                      act: () => void turn(p, p.disabled),
                    },
                  ]}
                />
              </span>,
            ],
          }))}
        />
      </Card>
      <Roles />
      {open?.what === 'edit' && <PersonDialog person={open.person} onClose={close} />}
      {open?.what === 'password' && open.person && <PasswordDialog login={open.person.login} onClose={close} />}
      {open?.what === 'sign_out' && open.person && <SignOutDialog login={open.person.login} onClose={close} />}
    </div>
  )
}

/** One line for each grant, so that role and places stand in one row. */
function Stack({ list, of }: { list: Grant[]; of(g: Grant): string }) {
  return (
    <span className={css.stack}>
      {list.map((g, i) => {
        const text = of(g)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a grant has no other name
          <span key={i} title={text}>
            {text}
          </span>
        )
      })}
    </span>
  )
}

function where(g: Grant, side: Side): string {
  const list = reachOf(g, side)
  return list.length ? list.map(x => shown(side, x)).join(', ') : say('ui.settings.all')
}
