import { useState } from 'react'
import type { ApiError } from '../../shared/api.ts'
import { useKeys } from '../../shared/keys.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, TextArea, TextField } from '../../ui/Form.tsx'

interface Props {
  /** What will happen. */
  title: string
  act: string
  danger?: boolean
  /** A second thing to enter: the reference of a payment, a waybill. */
  field?: { name: string; label: string; hint?: string; must?: boolean }
  /** Whether a note is wanted; must: it is for the customer. */
  note?: 'may' | 'must'
  busy: boolean
  error: ApiError | null
  onClose(): void
  onDo(entered: { note: string; value: string }): void
}

/** Asks before what cannot be taken back, in the words of its effect. */
export function ActDialog({ title, act, danger, field, note, busy, error, onClose, onDo }: Props) {
  const [text, setText] = useState('')
  const [value, setValue] = useState('')
  const send = () => onDo({ note: text.trim(), value: value.trim() })
  // Without a field there is nothing in the form that could have the focus and hear the key.
  useKeys({ 'mod+Enter': send }, !!field || !!note)
  const missing = (note === 'must' && !text.trim()) || (field?.must && !value.trim())
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{say('ui.back')}</Button>
          <Button
            tone={danger ? 'danger' : 'primary'}
            form="act"
            type="submit"
            disabled={!!missing}
            busy={busy}
            keys="mod+Enter"
          >
            {act}
          </Button>
        </>
      }
    >
      <Form id="act" error={error} onSubmit={() => !missing && send()}>
        {field && <TextField {...field} value={value} onChange={setValue} focus />}
        {note && (
          <TextArea
            name="note"
            label={say('ui.aftersales.note')}
            hint={note === 'must' ? say('ui.aftersales.note_hint') : undefined}
            must={note === 'must'}
            value={text}
            onChange={setText}
            focus={!field}
          />
        )}
      </Form>
    </Dialog>
  )
}
