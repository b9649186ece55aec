import { useState } from 'react'
import type { Order } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { now } from '../../shared/clock.ts'
import { day, short } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { queries, useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { DateField, instant } from '../../ui/DateField.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'
import css from './Exceptions.module.css'

const hour = 3_600_000
const morning = 'T09:00'

/** Puts a case off: the order stays as it is, the queue shows it again then. */
export function SnoozeDialog({ order: o, onClose, onDone }: { order: Order; onClose(): void; onDone(): void }) {
  const [until, setUntil] = useState('')
  const snooze = useAct('snooze-order', {
    done: () => {
      toast(say('ui.exceptions.snoozed', { order: o.external_no }), async () => {
        await call('snooze-order', { path: { id: o.id }, body: {} })
        void queries.invalidateQueries()
      })
      onDone()
      onClose()
    },
  })
  const put = (at: number) => snooze.mutate({ path: { id: o.id }, body: { until: new Date(at).toISOString() } })
  const choices: [string, number][] = [
    ['ui.exceptions.snooze_hour', now() + hour],
    ['ui.exceptions.snooze_hours', now() + 4 * hour],
    ['ui.exceptions.snooze_morning', instant(day(now() + 24 * hour) + morning)],
  ]
  return (
    <Dialog
      title={say('ui.exceptions.snooze_what', { order: o.external_no })}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="snooze" type="submit" busy={snooze.isPending} disabled={!until} keys="mod+Enter">
          {say('ui.exceptions.snooze')}
        </Button>
      }
    >
      <Choices list={choices} onPut={put} />
      <Form id="snooze" error={snooze.error} onSubmit={() => until && put(Date.parse(until))}>
        <DateField name="until" label={say('ui.exceptions.snooze_until')} value={until} onChange={setUntil} />
      </Form>
    </Dialog>
  )
}

/** Its keys are bound inside the dialog, which shuts off those of the page. */
function Choices({ list, onPut }: { list: [string, number][]; onPut(at: number): void }) {
  useKeys(Object.fromEntries(list.map(([, at], i) => [String(i + 1), () => onPut(at)])))
  return (
    <div className={css.choices}>
      {list.map(([code, at], i) => (
        <Button key={code} keys={String(i + 1)} autoFocus={i === 0} onClick={() => onPut(at)}>
          {say(code)} · {short(at)}
        </Button>
      ))}
    </div>
  )
}
