import { FlaskConical, Save } from 'lucide-react'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import type { Rule } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { useKeys } from '../../shared/keys.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { has, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Field, Form, FormRow, SelectField, TextField } from '../../ui/Form.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { Inputs } from './Inputs.tsx'
import css from './Rules.module.css'
import { asInput, called, type Draft, draftOf, inputOf, insert, ownReason } from './rule.ts'
import { Trial } from './Trial.tsx'
import { Versions } from './Versions.tsx'

/** One rule: what it asks, what it would change, and what it was before. */
export default function RulePage({ id }: { id: string }) {
  const read = useGet('list-rules', {}, { follows: ['review'] })
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={10} />
  const rule = read.data.rules.find(r => r.id === id)
  if (!rule && id !== 'new') return <EmptyState title={say('ui.rules.unknown', { rule: id })} />
  return <Edit key={`${id} ${rule?.version}`} rule={rule} />
}

function Edit({ rule }: { rule?: Rule }) {
  const [, navigate] = useLocation()
  const was: Partial<Rule> = rule ?? {}
  const [draft, setDraft] = useState<Draft>(draftOf(was))
  const area = useRef<HTMLTextAreaElement>(null)
  const trial = useAct('try-rule')
  const admin = may('admin')
  const code = rule?.id ?? draft.code.trim()
  const body = inputOf(draft, was)
  const changed = !rule || JSON.stringify(body) !== JSON.stringify(asInput(rule))
  const tryIt = () => trial.mutate({ path: { code: code || 'new' }, body })
  const save = useAct('save-rule', {
    done: out => {
      toast(say('ui.rules.published', { rule: called(out), version: out.version }), rule && (() => putBack(rule)))
      navigate(`/rules/${out.id}`)
    },
  })
  const sending = useRef(false) // the form and the page both hear Ctrl Enter
  const publish = () => {
    if (!admin || sending.current) return
    sending.current = true
    save.mutate(
      { path: { code }, body },
      {
        onSettled: () => {
          sending.current = false
        },
      },
    )
  }
  useKeys({ t: tryIt, 'mod+Enter': publish })
  const field = (key: 'code' | 'name' | 'priority' | 'action' | 'text', name: string) => ({
    name: `rules[0].${name}`,
    label: say(`ui.rules.${key}`),
    value: draft[key],
    onChange: (v: string) => setDraft(d => ({ ...d, [key]: v })),
  })
  const take = (what: string) => {
    const box = area.current
    const from = box?.selectionStart ?? draft.expr.length
    const next = insert(draft.expr, from, box?.selectionEnd ?? from, what)
    flushSync(() => setDraft(d => ({ ...d, expr: next.text })))
    box?.focus()
    box?.setSelectionRange(next.at, next.at)
  }
  return (
    <div className={css.edit}>
      <header className={css.bar}>
        <h2>{rule ? called(rule) : say('ui.rules.new')}</h2>
        {rule && <span className={css.quiet}>{say('ui.rules.version_no', { version: rule.version })}</span>}
        <span className={css.grow} />
        <Button icon={<FlaskConical size={14} />} keys="t" busy={trial.isPending} onClick={tryIt}>
          {say('ui.rules.try')}
        </Button>
        {admin && (
          <Button
            tone="primary"
            icon={<Save size={14} />}
            keys="mod+Enter"
            busy={save.isPending}
            disabled={!changed}
            onClick={publish}
          >
            {say('ui.rules.publish')}
          </Button>
        )}
      </header>
      <div className={css.columns}>
        <div className={css.column}>
          <Card title={say('ui.rules.says')}>
            <Form id="rule" error={save.error ?? trial.error} onSubmit={publish}>
              <div className={css.top}>
                <FormRow>
                  <TextField {...field('name', 'name')} must focus={!rule} />
                  {!rule && <TextField {...field('code', 'id')} must hint={say('ui.rules.code_hint')} />}
                  <TextField {...field('priority', 'priority')} type="number" hint={say('ui.rules.priority_hint')} />
                </FormRow>
              </div>
              <Field name="rules[0].expr" label={say('ui.rules.expr')} hint={say('ui.rules.expr_hint')} must>
                {tie => (
                  <textarea
                    {...tie}
                    ref={area}
                    rows={4}
                    spellCheck={false}
                    className={`${tie.className} ${css.expression}`}
                    value={draft.expr}
                    onChange={e => setDraft(d => ({ ...d, expr: e.target.value }))}
                  />
                )}
              </Field>
              <FormRow>
                <SelectField
                  {...field('action', 'action')}
                  options={['hold', 'reject', 'tag'].map(value => ({ value, text: say(`ui.rules.act_${value}`) }))}
                />
                {draft.reason === ownReason ? (
                  <TextField {...field('text', 'params.text')} must hint={say('ui.rules.text_hint')} />
                ) : (
                  <p className={css.reason}>
                    <b>{say('ui.rules.reason')}</b>{' '}
                    {has(draft.reason) ? say(draft.reason, blanks(was.params)) : draft.reason}
                  </p>
                )}
              </FormRow>
              <label className={css.switch}>
                <input
                  type="checkbox"
                  checked={draft.enabled}
                  onChange={e => setDraft(d => ({ ...d, enabled: e.target.checked }))}
                />
                <span>{say(draft.enabled ? 'ui.rules.on' : 'ui.rules.off')}</span>
              </label>
            </Form>
          </Card>
          <Trial
            result={trial.data}
            busy={trial.isPending}
            tried={JSON.stringify(trial.variables?.body) === JSON.stringify(body)}
          />
          {rule && <Versions rule={rule} onBack={admin ? putBack : undefined} />}
        </div>
        <Inputs onTake={take} />
      </div>
    </div>
  )
}

/** Publishes an older version again, as a new one. */
async function putBack(r: Rule) {
  try {
    const out = await call('save-rule', { path: { code: r.id }, body: asInput(r) })
    toast(say('ui.rules.put_back', { rule: called(out), version: out.version }))
  } catch (error) {
    toastError(error)
  }
}

/** A sentence without an order: dots where its values will stand. */
const blanks = (params: Record<string, string> | undefined) =>
  Object.fromEntries(Object.keys(params ?? {}).map(name => [name, '…']))
