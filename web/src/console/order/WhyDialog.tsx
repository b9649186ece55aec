import { useState } from 'react'
import { ApiError } from '../../shared/api.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, TextArea } from '../../ui/Form.tsx'

/** Asks why, for what cannot be taken back. The title says what will happen. */
export function WhyDialog({
  title,
  act,
  onClose,
  onDo,
}: {
  title: string
  act: string
  onClose(): void
  onDo(why: string): Promise<void>
}) {
  const [why, setWhy] = useState('')
  const [error, setError] = useState<ApiError | null>(null)
  const send = async () => {
    try {
      await onDo(why.trim())
      onClose()
    } catch (e) {
      if (!(e instanceof ApiError)) throw e
      setError(e)
    }
  }
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{say('ui.back')}</Button>
          <Button tone="danger" form="why" type="submit" disabled={!why.trim()}>
            {act}
          </Button>
        </>
      }
    >
      <Form id="why" error={error} onSubmit={() => void send()}>
        <TextArea
          name="reason"
          label={say('ui.order.reason')}
          hint={say('ui.order.reason_hint')}
          must
          value={why}
          onChange={setWhy}
          focus
        />
      </Form>
    </Dialog>
  )
}
