import { useState } from 'react'
import type { Order } from '../../api/types.gen.ts'
import { now } from '../../shared/clock.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { name, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Facts } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { DateField } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import css from './Exceptions.module.css'

const day = 24 * 3_600_000

/** Asks the customer to confirm the address. A message that was sent cannot be taken back: what is sent is shown before. */
export function AskDialog({ order: o, onClose, onDone }: { order: Order; onClose(): void; onDone(): void }) {
  const read = useGet('get-question', { path: { id: o.id } })
  const [due, setDue] = useState(() => new Date(now() + day).toISOString())
  const ask = useAct('ask-order', {
    done: () => {
      toast(say('ui.exceptions.asked', { order: o.external_no }))
      onDone()
      onClose()
    },
  })
  const q = read.data
  const link = q && (q.link.startsWith('/') ? location.origin + q.link : q.link)
  return (
    <Dialog
      wide
      title={say('ui.exceptions.ask_what', { order: o.external_no })}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="ask" type="submit" busy={ask.isPending} disabled={!q || !due} keys="mod+Enter">
          {say(q?.channel ? 'ui.exceptions.send_question' : 'ui.exceptions.wait_for_answer')}
        </Button>
      }
    >
      {read.error && !q && <ErrorState error={read.error} retry={() => void read.refetch()} />}
      {!q && !read.error && <Skeleton rows={5} />}
      {q && (
        <Form
          id="ask"
          error={ask.error}
          onSubmit={() => due && ask.mutate({ path: { id: o.id }, body: { due_at: due } })}
        >
          {q.channel ? (
            <Facts
              list={[
                [say('ui.exceptions.ask_to'), `${q.recipient} (${name('notify.channel', q.channel)})`],
                [say('ui.exceptions.ask_at'), q.sent_at && <When at={q.sent_at} />],
                [say('ui.exceptions.ask_subject'), <b key="subject">{q.subject}</b>],
              ]}
            />
          ) : (
            <p role="note">{say('ui.exceptions.ask_nobody')}</p>
          )}
          {q.channel && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it may be longer than its place: the focus lets the keys scroll it
            <pre className={css.letter} tabIndex={0}>
              {q.text}
            </pre>
          )}
          <p className={css.link}>
            {say('ui.exceptions.ask_link')} <Copyable text={link ?? ''} />
          </p>
          <DateField
            name="due_at"
            label={say('ui.exceptions.ask_due')}
            hint={say('ui.exceptions.ask_due_hint')}
            value={due}
            onChange={setDue}
            presets={[4, 24, 72]}
            focus
          />
        </Form>
      )}
    </Dialog>
  )
}
