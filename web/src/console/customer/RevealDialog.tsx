import { useState } from 'react'
import type { Reveal, Revealed } from '../../api/types.gen.ts'
import { useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, SelectField, TextArea } from '../../ui/Form.tsx'

type Purpose = Reveal['purpose']
const purposes: Purpose[] = [
  'customer_request',
  'address_correction',
  'delivery_problem',
  'carrier_claim',
  'fraud_check',
  'legal',
]

/** Shows personal data in plain text, for a purpose that goes on record before anything is seen. */
export function RevealDialog({
  order,
  onClose,
  onSeen,
}: {
  order: string
  onClose(): void
  onSeen(r: Revealed): void
}) {
  const [purpose, setPurpose] = useState<Purpose>('customer_request')
  const [note, setNote] = useState('')
  const reveal = useAct('reveal-order', { done: onSeen })
  return (
    <Dialog
      title={say('ui.customer.reveal_what')}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="reveal" type="submit" busy={reveal.isPending} keys="mod+Enter">
          {say('ui.customer.reveal')}
        </Button>
      }
    >
      <Form
        id="reveal"
        error={reveal.error}
        onSubmit={() =>
          reveal.mutate({ path: { id: order }, body: { purpose, ...(note.trim() && { note: note.trim() }) } })
        }
      >
        <p>{say('ui.customer.reveal_text')}</p>
        <SelectField
          name="purpose"
          label={say('ui.customer.purpose')}
          value={purpose}
          onChange={v => setPurpose(v as Purpose)}
          options={purposes.map(p => ({ value: p, text: say(`ui.customer.purpose.${p}`) }))}
        />
        <TextArea name="note" label={say('ui.customer.note')} value={note} onChange={setNote} focus />
      </Form>
    </Dialog>
  )
}
