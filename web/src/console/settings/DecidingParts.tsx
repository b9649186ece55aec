import { useState } from 'react'
import type { AllocationMethod, CartonRule, Savings, Trolley, Walking } from '../../api/types.gen.ts'
import { money, number, percent } from '../../shared/format.ts'
import { useAct } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Form, FormRow, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'
import { Choice } from './Choice.tsx'
import { change } from './change.ts'
import css from './Settings.module.css'

/** The reckoned way, then the plain rule. */
const ways = (part: string, ...values: string[]) =>
  values.map(value => ({
    value,
    title: say(`ui.deciding.${part}_${value}`),
    text: say(`ui.deciding.${part}_${value}_text`),
  }))

const km = (metres: number) => number(metres / 1000, metres < 10_000 ? 2 : 1)
const less = (is: number, plain: number) => percent(plain > 0 ? (plain - is) / plain : 0)
const did = (title: string) => say('ui.deciding.did', { what: title })

function Saved({ text }: { text: string }) {
  return <p className={css.saved}>{text}</p>
}

export function WalkWays({ w, saved }: { w: Walking; saved?: Savings }) {
  const title = say('ui.deciding.walks')
  const fields = {
    pickers: [w.pickers, 1],
    mm_per_second: [w.mm_per_second, 1000],
    set_up_seconds: [w.set_up_seconds, 1],
    find_seconds: [w.find_seconds, 1],
    take_seconds: [w.take_seconds, 1],
    box_seconds: [w.box_seconds, 1],
    ahead_minutes: [w.ahead_minutes, 1],
  } as const
  const s = saved?.walks
  return (
    <Card title={title}>
      <Choice
        label={title}
        ways={ways('walks', 'shortest', 'shelf_order')}
        value={w.tours}
        disabled={!may('admin')}
        onChange={tours => void change('save-walking', { ...w, tours: tours as Walking['tours'] }, w, did(title))}
      />
      {s && (
        <Saved
          text={
            s.waves === 0
              ? say('ui.deciding.no_walks')
              : say('ui.deciding.saved_walks', {
                  waves: s.waves,
                  km: km(s.metres),
                  plain: km(s.plain_metres),
                  share: less(s.metres, s.plain_metres),
                  hours: number((s.plain_minutes - s.minutes) / 60, 1),
                })
          }
        />
      )}
      <Numbers id="walking" op="save-walking" was={w} fields={fields} />
    </Card>
  )
}

export function TrolleyWays({ t, saved }: { t: Trolley; saved?: Savings }) {
  const title = say('ui.deciding.trolley')
  const fields = {
    places: [t.places, 1],
    weight_g: [t.weight_g ?? 0, 1000],
    volume_ml: [t.volume_ml ?? 0, 1000],
  } as const
  const s = saved?.walks
  return (
    <Card title={title}>
      <Choice
        label={title}
        ways={ways('trolley', 'shortest', 'first_come')}
        value={t.rule}
        disabled={!may('admin')}
        onChange={rule => void change('save-trolley', { ...t, rule: rule as Trolley['rule'] }, t, did(title))}
      />
      {s && (
        <Saved
          text={
            s.first_come_metres === 0
              ? say('ui.deciding.no_together')
              : say('ui.deciding.saved_together', {
                  km: km(s.together_metres),
                  plain: km(s.first_come_metres),
                  share: less(s.together_metres, s.first_come_metres),
                })
          }
        />
      )}
      <Numbers id="trolley" op="save-trolley" was={t} fields={fields} />
    </Card>
  )
}

export function CartonWays({ r, saved }: { r: CartonRule; saved?: Savings }) {
  const title = say('ui.deciding.cartons')
  const s = saved?.cartons
  return (
    <Card title={title}>
      <Choice
        label={title}
        ways={ways('cartons', 'cheapest', 'smallest')}
        value={r.cartons}
        disabled={!may('admin')}
        onChange={to => void change('save-carton-rule', { ...r, cartons: to as CartonRule['cartons'] }, r, did(title))}
      />
      {s && saved && (
        <Saved
          text={
            s.fulfilments === 0
              ? say('ui.deciding.no_cartons')
              : say('ui.deciding.saved_cartons', {
                  parcels: s.parcels,
                  plain_parcels: s.plain_parcels,
                  cost: money(s.cost, saved.currency),
                  plain: money(s.plain_cost, saved.currency),
                  share: less(Number(s.cost), Number(s.plain_cost)),
                })
          }
        />
      )}
    </Card>
  )
}

export function AllocationWays({ m, saved }: { m: AllocationMethod; saved?: Savings }) {
  const title = say('ui.deciding.allocation')
  const s = saved?.allocation
  const put = (method: string): AllocationMethod => ({ node: m.node, method: method as AllocationMethod['method'] })
  return (
    <Card title={title}>
      <Choice
        label={title}
        ways={ways('allocation', 'company', 'optimised', 'plain')}
        value={m.method}
        disabled={!may('admin')}
        onChange={to => void change('save-allocation-method', put(to), put(m.method), did(title))}
      />
      {m.holds && m.method === 'company' && (
        <Saved text={say('ui.deciding.allocation_holds', { what: say(`ui.deciding.allocation_${m.holds}`) })} />
      )}
      {s && saved && (
        <Saved
          text={
            s.orders === 0
              ? say('ui.deciding.no_allocation')
              : say('ui.deciding.saved_allocation', { orders: s.orders, saved: money(s.saved, saved.currency) })
          }
        />
      )}
    </Card>
  )
}

/** Numbers of a warehouse beside its rule: each with what it is divided by before it is shown. */
function Numbers<T extends Walking | Trolley>({
  id,
  op,
  was,
  fields,
}: {
  id: string
  op: T extends Walking ? 'save-walking' : 'save-trolley'
  was: T
  fields: Record<string, readonly [value: number, by: number]>
}) {
  const names = Object.keys(fields)
  const [text, setText] = useState(() =>
    Object.fromEntries(names.map(n => [n, String((fields[n]?.[0] ?? 0) / (fields[n]?.[1] ?? 1))])),
  )
  const save = useAct(op as 'save-trolley', {
    done: () =>
      toast(say('ui.deciding.numbers_saved'), () =>
        change(op as 'save-trolley', was as Trolley, body, say('ui.deciding.numbers_saved')),
      ),
  })
  const body = {
    ...was,
    ...Object.fromEntries(names.map(n => [n, Math.round((Number(text[n]) || 0) * (fields[n]?.[1] ?? 1))])),
  } as Trolley
  const admin = may('admin')
  return (
    <Form id={id} error={save.error} onSubmit={() => admin && save.mutate({ body })}>
      <FormRow>
        {names.map(n => (
          <TextField
            key={n}
            name={n}
            label={say(`ui.deciding.${n}`)}
            type="number"
            value={text[n] ?? ''}
            onChange={v => setText(was => ({ ...was, [n]: v }))}
          />
        ))}
      </FormRow>
      {admin && (
        <div className={css.bar}>
          <Button form={id} type="submit" busy={save.isPending}>
            {say('ui.save')}
          </Button>
        </div>
      )}
    </Form>
  )
}
