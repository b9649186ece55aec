import { useState } from 'react'
import type { CaseInput } from '../../api/types.gen.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { capital, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, SelectField, TextArea } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'
import css from './Aftersales.module.css'

type Kind = CaseInput['kind']
type Reason = CaseInput['reason']

export const kinds: Kind[] = ['return', 'exchange', 'reship', 'refund']
export const reasons: Reason[] = [
  'changed_mind',
  'wrong_item',
  'damaged',
  'defective',
  'missing',
  'not_as_described',
  'late',
  'lost',
  'refused',
  'other',
]

interface Props {
  /** Id of the order. */
  order: string
  kind?: Kind
  reason?: Reason
  onClose(): void
  onOpened?(id: string): void
}

/** Asks for a return, an exchange, a reship or a refund of some of an order; without quantities all of it. */
export function CaseDialog({ order, onClose, onOpened, ...first }: Props) {
  const [kind, setKind] = useState<Kind>(first.kind ?? 'return')
  const [reason, setReason] = useState<Reason>(first.reason ?? 'changed_mind')
  const [note, setNote] = useState('')
  const [wanted, setWanted] = useState<Record<number, number>>({})
  const { data } = useGet('get-order', { path: { id: order } })
  const open = useAct('open-case', {
    done: c => {
      toast(say('ui.aftersales.opened', { case: c.id, status: c.status }))
      onOpened?.(c.id)
      onClose()
    },
  })
  const lines = Object.entries(wanted)
    .filter(([, q]) => q > 0)
    .map(([no, quantity]) => ({ line_no: Number(no), quantity }))
  const send = () =>
    open.mutate({
      path: { id: order },
      body: { kind, reason, ...(note.trim() && { note: note.trim() }), ...(lines.length && { lines }) },
    })
  return (
    <Dialog
      wide
      title={say('ui.aftersales.open_what', { order: data?.external_no ?? '' })}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="case" type="submit" busy={open.isPending} keys="mod+Enter">
          {say('ui.aftersales.open')}
        </Button>
      }
    >
      <Form id="case" error={open.error} onSubmit={send}>
        <FormRow>
          <SelectField
            name="kind"
            label={say('ui.aftersales.kind')}
            value={kind}
            onChange={v => setKind(v as Kind)}
            options={kinds.map(k => ({ value: k, text: say(`aftersales.kind.${k}`) }))}
          />
          <SelectField
            name="reason"
            label={say('ui.aftersales.reason')}
            value={reason}
            onChange={v => setReason(v as Reason)}
            options={reasons.map(r => ({ value: r, text: capital(say(`aftersales.reason.${r}`)) }))}
          />
        </FormRow>
        <fieldset className={css.pieces}>
          <legend>{say('ui.aftersales.pieces')}</legend>
          {data?.lines.map(l => (
            <label key={l.no}>
              <span className="code">{l.sku}</span>
              <span>{l.title}</span>
              <input
                type="number"
                min={0}
                max={l.quantity - l.cancelled}
                value={wanted[l.no] ?? ''}
                placeholder={String(l.quantity - l.cancelled)}
                onChange={e => setWanted(was => ({ ...was, [l.no]: Number(e.target.value) }))}
              />
            </label>
          ))}
        </fieldset>
        <TextArea name="note" label={say('ui.aftersales.note')} value={note} onChange={setNote} focus />
      </Form>
    </Dialog>
  )
}
