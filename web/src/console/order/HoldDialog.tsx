import { useState } from 'react'
import type { HoldInput, Order } from '../../api/types.gen.ts'
import { useSending } from '../../shared/sending.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, SelectField, TextArea } from '../../ui/Form.tsx'
import { hold, manual } from '../orders/acts.ts'

type Owner = NonNullable<HoldInput['owner']>
const owners: Owner[] = ['reviewer', 'finance', 'customer', 'channel', 'warehouse']

/** Stops an order: why, whose turn it is, and until when at the latest. */
export function HoldDialog({ order, onClose, onDone }: { order: Order; onClose(): void; onDone?(): void }) {
  const [note, setNote] = useState('')
  const [owner, setOwner] = useState<Owner>('reviewer')
  const [until, setUntil] = useState('')
  const { busy, error, send } = useSending()
  const go = async () => {
    await hold(order.id, order.external_no, {
      reason: manual,
      owner,
      until: until || undefined,
      note: note.trim() || undefined,
    })
    onDone?.()
    onClose()
  }
  return (
    <Dialog
      title={say('ui.order.hold_what', { order: order.external_no })}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="hold" type="submit" keys="mod+Enter" busy={busy}>
          {say('ui.order.hold')}
        </Button>
      }
    >
      <Form id="hold" error={error} onSubmit={() => void send(go)}>
        <TextArea name="note" label={say('ui.order.hold_note')} value={note} onChange={setNote} focus />
        <SelectField
          name="owner"
          label={say('ui.order.hold_owner')}
          value={owner}
          onChange={v => setOwner(v as Owner)}
          options={owners.map(o => ({ value: o, text: say(`order.owner.${o}`) }))}
        />
        <DateField
          name="until"
          label={say('ui.order.hold_until')}
          hint={say('ui.order.hold_until_hint')}
          value={until}
          onChange={setUntil}
          presets={[4, 24, 72]}
        />
      </Form>
    </Dialog>
  )
}
