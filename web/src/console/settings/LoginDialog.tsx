import { useState } from 'react'
import type { CarrierLogin } from '../../api/types.gen.ts'
import { useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, SelectField, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'
import { change } from './change.ts'

/** How a carrier is called. The secret goes in and never comes out; left empty it stays as it is. */
export function LoginDialog(props: { login?: CarrierLogin; kinds: string[]; carriers: string[]; onClose(): void }) {
  const { login, kinds, carriers, onClose } = props
  const [f, setF] = useState({
    carrier: login?.carrier ?? '',
    kind: login?.kind ?? kinds[0] ?? '',
    address: login?.address ?? '',
    key: login?.key ?? '',
    secret: '',
  })
  const save = useAct('save-carrier-login', {
    done: out => {
      const { carrier, kind, address, key, enabled } = out
      const is = { carrier, kind, address, key, enabled }
      const text = say('ui.carriers.saved', { carrier })
      const was = login
        ? { carrier, kind: login.kind, address: login.address, key: login.key, enabled: login.enabled }
        : { ...is, enabled: false }
      // A secret that was replaced is known to nobody any more: that cannot be taken back.
      toast(text, login && f.secret ? undefined : () => change('save-carrier-login', was, is, text))
      onClose()
    },
  })
  const field = (name: keyof typeof f) => ({
    name,
    label: say(`ui.carriers.${name}`),
    value: f[name],
    onChange: (v: string) => setF(was => ({ ...was, [name]: v })),
  })
  return (
    <Dialog
      wide
      open
      title={login ? say('ui.carriers.edit', { carrier: login.carrier }) : say('ui.carriers.add')}
      onClose={onClose}
      acts={
        <Button tone="primary" form="login" type="submit" keys="mod+Enter" busy={save.isPending}>
          {say('ui.save')}
        </Button>
      }
    >
      <Form
        id="login"
        error={save.error}
        onSubmit={() => save.mutate({ body: { ...f, secret: f.secret || undefined, enabled: login?.enabled ?? true } })}
      >
        <FormRow>
          {!login && (
            <TextField
              {...field('carrier')}
              hint={carriers.length ? say('ui.carriers.carrier_hint', { known: carriers.join(', ') }) : undefined}
              must
              focus
            />
          )}
          <SelectField
            {...field('kind')}
            options={kinds.map(value => ({ value, text: say(`ui.carriers.kind_${value}`) }))}
          />
        </FormRow>
        <TextField {...field('address')} hint="https://carrier.example" must focus={!!login} />
        <FormRow>
          <TextField {...field('key')} hint={say('ui.carriers.key_hint')} />
          <TextField
            {...field('secret')}
            type="password"
            auto="new-password"
            hint={say(login?.has_secret ? 'ui.carriers.secret_kept' : 'ui.carriers.secret_hint')}
          />
        </FormRow>
      </Form>
    </Dialog>
  )
}
