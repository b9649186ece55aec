import { useState } from 'react'
import type { Template } from '../../api/types.gen.ts'
import { useAct } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Form, TextArea, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'
import { languages } from './Messages.tsx'
import { OrderField } from './OrderField.tsx'
import css from './Settings.module.css'
import { useTrial } from './useTrial.ts'

const pathOf = (t: Template) => ({ notice: t.notice, channel: t.channel, language: t.language })

/** One text, and beside it how it and the one in the other language would come to the customer of an order. */
export function MessageText(props: { t: Template; other?: Template; order: string; onOrder(id: string): void }) {
  const { t, other, order, onOrder } = props
  const [subject, setSubject] = useState(t.subject)
  const [body, setBody] = useState(t.body)
  const [to, setTo] = useState('')
  const path = pathOf(t)
  const text = { subject, body, html: t.html }
  const save = useAct('save-template', {
    done: out => toast(say('ui.settings.saved_text', { version: out.version })),
  })
  const test = useAct('test-template', { done: out => toast(say('ui.messages.sent', { to: out.to })) })
  const admin = may('admin')
  return (
    <div className={css.beside}>
      <Card
        title={`${say(`ui.settings.notice_${t.notice}`)} · ${languages[t.language]}`}
        acts={
          <span className={css.quiet}>
            {t.version ? say('ui.settings.version', { version: t.version }) : say('ui.settings.built_in')}
          </span>
        }
      >
        <Form id="text" error={save.error} onSubmit={() => admin && save.mutate({ path, body: text })}>
          <TextField name="subject" label={say('ui.settings.subject')} value={subject} onChange={setSubject} must />
          <TextArea
            name="body"
            label={say('ui.settings.body')}
            hint={say('ui.settings.fields')}
            value={body}
            onChange={setBody}
          />
        </Form>
        {admin && (
          <div className={css.bar}>
            {t.version > 0 && (
              <Button onClick={() => save.mutate({ path, body: { subject: '', body: '', html: '' } })}>
                {say('ui.settings.back_to_built_in')}
              </Button>
            )}
            <Button tone="primary" form="text" type="submit" busy={save.isPending}>
              {say('ui.save')}
            </Button>
          </div>
        )}
        {admin && (
          <Form
            id="test"
            error={test.error}
            onSubmit={() => test.mutate({ path, body: { ...text, order: order || undefined, to: to.trim() } })}
          >
            <TextField
              name="to"
              type="email"
              label={say('ui.messages.to')}
              hint={say('ui.messages.to_hint')}
              value={to}
              onChange={setTo}
            />
            <div className={css.bar}>
              <Button form="test" type="submit" busy={test.isPending} disabled={!to.trim()}>
                {say('ui.messages.send')}
              </Button>
            </div>
          </Form>
        )}
      </Card>
      <Card title={say('ui.messages.beside')}>
        <div className={css.tried}>
          <OrderField value={order} onChange={onOrder} />
          {order && <p className={css.quiet}>{say('ui.messages.masked')}</p>}
          <Letter t={t} text={text} order={order} note={say('ui.messages.edited')} />
          {other && <Letter t={other} text={other} order={order} note={say('ui.messages.not_edited')} />}
        </div>
      </Card>
    </div>
  )
}

/** A mail as the customer would see it. */
function Letter(props: {
  t: Template
  text: { subject: string; body: string; html?: string }
  order: string
  note: string
}) {
  const { subject, body, html } = props.text
  const tried = useTrial(
    'preview-template',
    { path: pathOf(props.t), body: { subject, body, html, order: props.order || undefined } },
    true,
  )
  return (
    <figure className={css.letter}>
      <figcaption>
        {languages[props.t.language]} · {props.note}
      </figcaption>
      {tried.error && (
        <p className={css.bad} role="alert">
          {tried.error.message}
        </p>
      )}
      {tried.data && !tried.error && (
        <>
          <p>
            <b>{tried.data.subject}</b>
          </p>
          <iframe
            className={css.frame}
            sandbox=""
            srcDoc={tried.data.html}
            title={`${say('ui.settings.preview')} ${languages[props.t.language]}`}
          />
        </>
      )}
    </figure>
  )
}
