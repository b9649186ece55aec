import { useState } from 'react'
import type { Policy } from '../../api/types.gen.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { may, useMe } from '../../shared/session.ts'
import { name, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { Form, FormRow, TextField } from '../../ui/Form.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast } from '../../ui/Toast.tsx'
import { change } from './change.ts'
import { ReturnTrial } from './ReturnTrial.tsx'
import { kinds, type ReturnForm, returnForm, returnPolicy } from './returns.ts'
import css from './Settings.module.css'

/** What is granted to customers without asking a person, and what that would do with an order. */
export function Returns() {
  const read = useGet('get-return-policy', {}, { follows: ['aftersales'] })
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={8} />
  return <Edited key={JSON.stringify(read.data)} was={read.data} />
}

function Edited({ was }: { was: Policy }) {
  const { currency } = useMe()
  const [f, setF] = useState<ReturnForm>(() => returnForm(was, currency))
  const to = returnPolicy(f, was, currency)
  const touched = JSON.stringify(to) !== JSON.stringify(returnPolicy(returnForm(was, currency), was, currency))
  const save = useAct('save-return-policy', {
    done: out =>
      toast(say('ui.return_policy.saved'), () =>
        change('save-return-policy', was, out, say('ui.return_policy.taken_back')),
      ),
  })
  const admin = may('admin')
  const field = (key: 'limit' | 'refund' | 'send_within' | 'phone') => ({
    name: key,
    label: say(`ui.return_policy.${key}`, { currency }),
    hint: say(`ui.return_policy.${key}_hint`),
    value: f[key],
    onChange: (v: string) => setF({ ...f, [key]: v }),
  })
  const turn = (kind: string) =>
    setF({ ...f, kinds: f.kinds.includes(kind) ? f.kinds.filter(k => k !== kind) : [...f.kinds, kind] })
  return (
    <div className={css.panel}>
      <Card
        title={say('ui.return_policy.title')}
        acts={
          admin && (
            <Button tone="primary" form="returns" type="submit" busy={save.isPending} disabled={!touched}>
              {say('ui.save')}
            </Button>
          )
        }
      >
        <Form id="returns" error={save.error} onSubmit={() => admin && save.mutate({ body: to })}>
          <p className={css.quiet}>{say('ui.return_policy.about')}</p>
          <Table
            head={[
              { title: say('ui.return_policy.kind') },
              { title: say('ui.return_policy.window') },
              { title: say('ui.return_policy.by_itself') },
            ]}
            rows={kinds.map(k => ({
              key: k,
              cells: [
                name('aftersales.kind', k),
                <span key="days" className={css.days}>
                  <input
                    aria-label={`${say('ui.return_policy.window')}: ${name('aftersales.kind', k)}`}
                    inputMode="numeric"
                    placeholder="∞"
                    disabled={!admin}
                    value={f.windows[k] ?? ''}
                    onChange={e => setF({ ...f, windows: { ...f.windows, [k]: e.target.value } })}
                  />
                  {say(f.windows[k] ? 'ui.return_policy.days' : 'ui.return_policy.any_time')}
                </span>,
                <input
                  key="by_itself"
                  type="checkbox"
                  aria-label={`${say('ui.return_policy.by_itself')}: ${name('aftersales.kind', k)}`}
                  disabled={!admin}
                  checked={f.kinds.includes(k)}
                  onChange={() => turn(k)}
                />,
              ],
            }))}
          />
          <FormRow>
            <TextField {...field('limit')} />
            <TextField {...field('refund')} />
            <TextField {...field('send_within')} type="number" />
            <TextField {...field('phone')} />
          </FormRow>
        </Form>
      </Card>
      <ReturnTrial policy={to} />
    </div>
  )
}
