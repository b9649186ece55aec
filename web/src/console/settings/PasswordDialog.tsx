import { useState } from 'react'
import { useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'
import css from './Settings.module.css'

/** Another password: one that is typed, or one that is made and shown this once. */
export function PasswordDialog({ login, onClose }: { login: string; onClose(): void }) {
  const [password, setPassword] = useState('')
  const [made, setMade] = useState('')
  const reset = useAct('reset-password', {
    done: out => {
      if (out.password) return setMade(out.password)
      toast(say('ui.settings.password_set', { login }))
      onClose()
    },
  })
  const send = () => reset.mutate({ path: { login }, body: { password: password || undefined } })
  return (
    <Dialog
      open
      title={say('ui.settings.new_password_of', { login })}
      onClose={onClose}
      acts={
        made ? (
          <Button tone="primary" autoFocus onClick={onClose}>
            {say('ui.close')}
          </Button>
        ) : (
          <Button tone="danger" form="password" type="submit" keys="mod+Enter" busy={reset.isPending}>
            {say(password ? 'ui.settings.set_password' : 'ui.settings.make_password')}
          </Button>
        )
      }
    >
      {made ? (
        <div role="status">
          <p>{say('ui.settings.password_once', { login })}</p>
          <p className={css.secret}>
            <Copyable text={made} />
          </p>
        </div>
      ) : (
        <Form id="password" error={reset.error} onSubmit={send}>
          <p>{say('ui.settings.new_password_text', { login })}</p>
          <TextField
            name="password"
            type="password"
            auto="new-password"
            label={say('ui.settings.password')}
            hint={say('ui.settings.password_empty')}
            value={password}
            onChange={setPassword}
            focus
          />
        </Form>
      )}
    </Dialog>
  )
}
