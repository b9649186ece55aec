import { useState } from 'react'
import type { Template } from '../../api/types.gen.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Form, TextArea, TextField } from '../../ui/Form.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast } from '../../ui/Toast.tsx'
import css from './Settings.module.css'

const keyOf = (t: Template) => `${t.notice} ${t.channel} ${t.language}`

const languages: Record<string, string> = { en: 'English', 'zh-CN': '中文' }

/** What customers are told, in which words; tried before it is saved. */
export function Messages() {
  const read = useGet('list-templates', {}, { follows: ['notify'] })
  const [chosen, setChosen] = useState('')
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={8} />
  const list = read.data.templates.filter(t => t.channel === 'email')
  const open = list.find(t => keyOf(t) === chosen) ?? list[0]
  return (
    <div className={`${css.panel} ${css.two}`}>
      <Card title={say('ui.settings.messages')}>
        <ul className={css.pick}>
          {list.map(t => (
            <li key={keyOf(t)}>
              <button type="button" aria-current={t === open} onClick={() => setChosen(keyOf(t))}>
                <span>{say(`ui.settings.notice_${t.notice}`)}</span>
                <span className={css.quiet}>{languages[t.language]}</span>
              </button>
            </li>
          ))}
        </ul>
      </Card>
      {open && <Text key={`${keyOf(open)} ${open.version}`} t={open} />}
    </div>
  )
}

function Text({ t }: { t: Template }) {
  const [subject, setSubject] = useState(t.subject)
  const [body, setBody] = useState(t.body)
  const path = { notice: t.notice, channel: t.channel, language: t.language }
  const preview = useAct('preview-template')
  const save = useAct('save-template', {
    done: out => toast(say('ui.settings.saved_text', { version: out.version })),
  })
  const text = { subject, body, html: t.html }
  const admin = may('admin')
  return (
    <Card
      title={say(`ui.settings.notice_${t.notice}`)}
      acts={
        <span className={css.quiet}>
          {t.version ? say('ui.settings.version', { version: t.version }) : say('ui.settings.built_in')}
        </span>
      }
    >
      <Form id="text" error={save.error ?? preview.error} onSubmit={() => admin && save.mutate({ path, body: text })}>
        <TextField name="subject" label={say('ui.settings.subject')} value={subject} onChange={setSubject} must />
        <TextArea
          name="body"
          label={say('ui.settings.body')}
          hint={say('ui.settings.fields')}
          value={body}
          onChange={setBody}
        />
      </Form>
      <div className={css.bar}>
        <Button busy={preview.isPending} onClick={() => preview.mutate({ path, body: text })}>
          {say('ui.settings.preview')}
        </Button>
        {admin && t.version > 0 && (
          <Button onClick={() => save.mutate({ path, body: { subject: '', body: '', html: '' } })}>
            {say('ui.settings.back_to_built_in')}
          </Button>
        )}
        {admin && (
          <Button tone="primary" form="text" type="submit" busy={save.isPending}>
            {say('ui.save')}
          </Button>
        )}
      </div>
      {preview.data && (
        <>
          <p>
            <b>{preview.data.subject}</b>
          </p>
          <iframe className={css.frame} sandbox="" srcDoc={preview.data.html} title={say('ui.settings.preview')} />
        </>
      )}
    </Card>
  )
}
