import { useState } from 'react'
import type { NotificationPolicy, Queueing } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries, useAct, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { Form, FormRow, SelectField, TextField } from '../../ui/Form.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { Fines } from './Fines.tsx'
import css from './Settings.module.css'

/** What customers are told and when, and what a late order costs. */
export function Policies() {
  const told = useGet('get-notification-policy')
  const queue = useGet('get-queueing')
  const error = told.error ?? queue.error
  if (error && !(told.data && queue.data)) return <ErrorState error={error} retry={() => void told.refetch()} />
  if (!told.data || !queue.data) return <Skeleton rows={10} />
  return (
    <div className={css.panel}>
      <Told key={JSON.stringify(told.data)} p={told.data} />
      <Queue key={JSON.stringify(queue.data)} q={queue.data} />
    </div>
  )
}

/** In the order in which an order meets them. */
const life = [
  'received',
  'needs_address',
  'back_order',
  'shipped',
  'out_for_delivery',
  'delayed',
  'delivered',
  'cancelled',
  'refunded',
  'return_approved',
  'return_received',
]

const ways = [[], ['sms', 'email'], ['email', 'sms'], ['email'], ['sms']]

function Told({ p }: { p: NotificationPolicy }) {
  const [to, setTo] = useState(p)
  const save = useAct('save-notification-policy', {
    done: () =>
      toast(say('ui.settings.saved_policy'), async () => {
        try {
          await call('save-notification-policy', { body: p })
          void queries.invalidateQueries()
        } catch (error) {
          toastError(error)
        }
      }),
  })
  const admin = may('admin')
  const way = (list: string[]) => say(`ui.settings.way_${list.join('_') || 'none'}`)
  return (
    <Card
      title={say('ui.settings.told')}
      acts={
        admin && (
          <Button tone="primary" form="told" type="submit" busy={save.isPending} disabled={to === p}>
            {say('ui.save')}
          </Button>
        )
      }
    >
      <Form id="told" error={save.error} onSubmit={() => admin && save.mutate({ body: to })}>
        <FormRow>
          <TextField
            name="quiet_from"
            label={say('ui.settings.quiet_from')}
            hint={say('ui.settings.quiet_hint')}
            value={to.quiet_from}
            onChange={v => setTo({ ...to, quiet_from: v })}
          />
          <TextField
            name="quiet_to"
            label={say('ui.settings.quiet_to')}
            value={to.quiet_to}
            onChange={v => setTo({ ...to, quiet_to: v })}
          />
          <SelectField
            name="language"
            label={say('ui.settings.language')}
            hint={say('ui.settings.language_hint')}
            value={to.language}
            onChange={v => setTo({ ...to, language: v as NotificationPolicy['language'] })}
            options={[
              { value: 'zh-CN', text: '中文' },
              { value: 'en', text: 'English' },
            ]}
          />
          <TextField
            name="shop"
            label={say('ui.settings.signed')}
            hint={say('ui.settings.signed_hint')}
            value={to.shop}
            onChange={v => setTo({ ...to, shop: v })}
          />
        </FormRow>
        <Table
          head={[{ title: say('ui.settings.notice') }, { title: say('ui.settings.way') }]}
          rows={Object.keys(to.notices)
            .sort((a, b) => life.indexOf(a) - life.indexOf(b))
            .map(n => ({
              key: n,
              cells: [
                say(`ui.settings.notice_${n}`),
                <select
                  key="way"
                  disabled={!admin}
                  aria-label={`${say('ui.settings.way')}: ${say(`ui.settings.notice_${n}`)}`}
                  value={(to.notices[n] ?? []).join('_')}
                  onChange={e =>
                    setTo({ ...to, notices: { ...to.notices, [n]: e.target.value ? e.target.value.split('_') : [] } })
                  }
                >
                  {ways.map(w => (
                    <option key={w.join('_')} value={w.join('_')}>
                      {way(w)}
                    </option>
                  ))}
                </select>,
              ],
            }))}
        />
      </Form>
    </Card>
  )
}

function Queue({ q }: { q: Queueing }) {
  const [to, setTo] = useState(q)
  const save = useAct('save-queueing', {
    done: () =>
      toast(say('ui.settings.saved_queueing'), async () => {
        try {
          await call('save-queueing', { body: q })
          void queries.invalidateQueries()
        } catch (error) {
          toastError(error)
        }
      }),
  })
  const admin = may('admin')
  return (
    <Card
      title={say('ui.settings.queueing')}
      acts={
        admin && (
          <Button tone="primary" form="queueing" type="submit" busy={save.isPending} disabled={to === q}>
            {say('ui.save')}
          </Button>
        )
      }
    >
      <Form id="queueing" error={save.error} onSubmit={() => admin && save.mutate({ body: to })}>
        <SelectField
          name="sort"
          label={say('ui.settings.sort')}
          hint={say('ui.settings.sort_hint')}
          value={to.sort}
          onChange={v => setTo({ ...to, sort: v as Queueing['sort'] })}
          options={['deadline', 'fine'].map(value => ({ value, text: say(`ui.settings.sort_${value}`) }))}
        />
        <Fines value={to.fines} onChange={fines => setTo({ ...to, fines })} />
      </Form>
    </Card>
  )
}
