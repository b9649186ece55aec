import { useState } from 'react'
import type { Order, Recipient } from '../../api/types.gen.ts'
import { useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, TextArea, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'

const places = ['province', 'city', 'district'] as const

/** Corrects where an order goes, what its lines are, and the note. A masked field that is left as it is stays as it was. */
export function EditDialog({ order, onClose, onDone }: { order: Order; onClose(): void; onDone?(): void }) {
  const [to, setTo] = useState<Recipient>(order.recipient)
  const [skus, setSkus] = useState<Record<number, string>>({})
  const [note, setNote] = useState(order.notes.seller ?? '')
  const edit = useAct('edit-order', {
    done: () => {
      toast(say('ui.order.edited', { order: order.external_no }))
      onDone?.()
      onClose()
    },
  })
  const field = (name: keyof Recipient & string) => ({
    name: `recipient.${name}`,
    label: say(`ui.order.${name}`),
    value: String(to[name] ?? ''),
    onChange: (v: string) => setTo(was => ({ ...was, [name]: v })),
  })
  const send = () => {
    const moved = JSON.stringify(to) !== JSON.stringify(order.recipient)
    const lines = Object.entries(skus).map(([no, sku]) => ({ no: Number(no), sku: sku.trim() }))
    edit.mutate({
      path: { id: order.id },
      body: {
        ...(moved && { recipient: to }),
        ...(lines.length && { lines }),
        ...(note !== (order.notes.seller ?? '') && { seller_note: note }),
      },
    })
  }
  return (
    <Dialog
      wide
      title={say('ui.order.edit_what', { order: order.external_no })}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="edit" type="submit" busy={edit.isPending} keys="mod+Enter">
          {say('ui.save')}
        </Button>
      }
    >
      <Form id="edit" error={edit.error} onSubmit={send}>
        <FormRow>
          <TextField {...field('name')} focus />
          <TextField {...field('phone')} />
        </FormRow>
        <FormRow>
          {places.map(p => (
            <TextField key={p} {...field(p)} />
          ))}
        </FormRow>
        <TextField {...field('address')} hint={say('ui.order.masked')} />
        {order.lines
          .filter(l => !l.known)
          .map(l => (
            <TextField
              key={l.no}
              name={`lines.${l.no}`}
              label={say('ui.order.map_sku', { sku: l.sku })}
              value={skus[l.no] ?? ''}
              onChange={v => setSkus(was => ({ ...was, [l.no]: v }))}
            />
          ))}
        <TextArea name="seller_note" label={say('ui.order.seller_note')} value={note} onChange={setNote} />
      </Form>
    </Dialog>
  )
}
