import { useState } from 'react'
import { useAct } from '../shared/query.ts'
import { leave, useMe } from '../shared/session.ts'
import { say } from '../shared/words.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Form, TextField } from '../ui/Form.tsx'
import { actorName } from '../ui/Timeline.tsx'
import { toast } from '../ui/Toast.tsx'

/** Another password for the person who sits here. All their sessions end, so they sign in with it at once. */
export default function PasswordDialog({ onClose }: { onClose(): void }) {
  const me = useMe()
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const act = useAct('change-password', {
    done: () => {
      toast(say('ui.password_changed'))
      leave()
    },
  })
  return (
    <Dialog
      open
      title={say('ui.change_password')}
      onClose={onClose}
      acts={
        <Button
          tone="primary"
          form="change-password"
          type="submit"
          keys="mod+Enter"
          busy={act.isPending}
          disabled={!old || !fresh}
        >
          {say('ui.change_password')}
        </Button>
      }
    >
      <Form id="change-password" error={act.error} onSubmit={() => act.mutate({ body: { old, new: fresh } })}>
        <p>{say('ui.change_password_text', { who: actorName(me.name) })}</p>
        <TextField
          name="old"
          type="password"
          auto="current-password"
          label={say('ui.password_old')}
          value={old}
          onChange={setOld}
          focus
        />
        <TextField
          name="new"
          type="password"
          auto="new-password"
          label={say('ui.password_new')}
          hint={say('ui.password_new_hint')}
          value={fresh}
          onChange={setFresh}
        />
      </Form>
    </Dialog>
  )
}
