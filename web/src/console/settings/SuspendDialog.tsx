import { useState } from 'react'
import { call } from '../../shared/api.ts'
import { queries, useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, SelectField, TextField } from '../../ui/Form.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'

/** A carrier does not go somewhere for a time. */
export function SuspendDialog({ carriers, onClose }: { carriers: string[]; onClose(): void }) {
  const [carrier, setCarrier] = useState(carriers[0] ?? '')
  const [province, setProvince] = useState('')
  const [city, setCity] = useState('')
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const suspend = useAct('suspend', {
    done: out => {
      toast(say('ui.settings.suspended', { carrier }), async () => {
        try {
          await call('resume', { path: { id: out.id ?? '' }, body: {} })
          void queries.invalidateQueries()
        } catch (error) {
          toastError(error)
        }
      })
      onClose()
    },
  })
  const send = () =>
    suspend.mutate({
      body: {
        carrier,
        province: province.trim() || '*',
        city: city.trim() || undefined,
        until: until || undefined,
        reason: reason.trim() || undefined,
      },
    })
  return (
    <Dialog
      open
      title={say('ui.settings.suspend')}
      onClose={onClose}
      acts={
        <Button tone="primary" form="suspend" type="submit" keys="mod+Enter" busy={suspend.isPending}>
          {say('ui.settings.suspend')}
        </Button>
      }
    >
      <Form id="suspend" error={suspend.error} onSubmit={send}>
        <SelectField
          name="carrier"
          label={say('ui.settings.carrier')}
          value={carrier}
          onChange={setCarrier}
          options={carriers.map(value => ({ value, text: value }))}
        />
        <FormRow>
          <TextField
            name="province"
            label={say('ui.settings.node.province')}
            hint={say('ui.settings.province_hint')}
            value={province}
            onChange={setProvince}
            focus
          />
          <TextField name="city" label={say('ui.settings.node.city')} value={city} onChange={setCity} />
        </FormRow>
        <DateField
          name="until"
          label={say('ui.settings.until')}
          hint={say('ui.settings.until_hint')}
          value={until}
          onChange={setUntil}
          presets={[24, 72]}
        />
        <TextField name="reason" label={say('ui.settings.reason')} value={reason} onChange={setReason} />
      </Form>
    </Dialog>
  )
}
