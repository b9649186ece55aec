import { useState } from 'react'
import type { Grant, Person } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries, useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, TextField } from '../../ui/Form.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { Grants } from './Grants.tsx'
import { same } from './grants.ts'

/** A new account, or what one may do from now on. */
export function PersonDialog({ person, onClose }: { person?: Person; onClose(): void }) {
  const [login, setLogin] = useState(person?.login ?? '')
  const [password, setPassword] = useState('')
  const [grants, setGrants] = useState<Grant[]>(person?.grants ?? [{ role: 'picker' }])
  const create = useAct('create-user', {
    done: () => {
      toast(say('ui.settings.added_person', { login }))
      onClose()
    },
  })
  const grant = useAct('grant-user', {
    done: () => {
      const before = person?.grants ?? []
      toast(say('ui.settings.saved_person', { login }), async () => {
        try {
          await call('grant-user', { path: { login }, body: { grants: before } })
          void queries.invalidateQueries()
        } catch (error) {
          toastError(error)
        }
      })
      onClose()
    },
  })
  const send = () => {
    if (!person) create.mutate({ body: { login: login.trim(), password, grants } })
    else if (same(person.grants, grants)) onClose()
    else grant.mutate({ path: { login }, body: { grants } })
  }
  return (
    <Dialog
      wide
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
          <FormRow>
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
          </FormRow>
        )}
        <Grants value={grants} onChange={setGrants} />
      </Form>
    </Dialog>
  )
}
