import { type ReactNode, useState } from 'react'
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

const km = (metres: number) => number(metres / 1000, metres < 10_000 ? 2 : 1)
const less = (is: number, plain: number) => percent(plain > 0 ? (plain - is) / plain : 0)

/** One decision: the reckoned way, then the plain rule, what is said of them, and what else is set there. */
function Ways<V extends string>({
  part,
  values,
  value,
  onChange,
  said,
  children,
}: {
  part: string
  values: V[]
  value: V
  onChange(to: V, did: string): Promise<unknown>
  said: (string | false | undefined)[]
  children?: ReactNode
}) {
  const title = say(`ui.deciding.${part}`)
  return (
    <Card title={title}>
      <Choice
        label={title}
        ways={values.map(v => ({
          value: v,
          title: say(`ui.deciding.${part}_${v}`),
          text: say(`ui.deciding.${part}_${v}_text`),
        }))}
        value={value}
        disabled={!may('admin')}
        onChange={to => void onChange(to as V, say('ui.deciding.did', { what: title }))}
      />
      {said.map(
        text =>
          text && (
            <p key={text} className={css.saved}>
              {text}
            </p>
          ),
      )}
      {children}
    </Card>
  )
}

export function WalkWays({ w, saved }: { w: Walking; saved?: Savings }) {
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
  const said =
    s &&
    (s.waves === 0
      ? say('ui.deciding.no_walks')
      : say('ui.deciding.saved_walks', {
          waves: s.waves,
          km: km(s.metres),
          plain: km(s.plain_metres),
          share: less(s.metres, s.plain_metres),
          hours: number((s.plain_minutes - s.minutes) / 60, 1),
        }))
  return (
    <Ways<Walking['tours']>
      part="walks"
      values={['shortest', 'shelf_order']}
      value={w.tours}
      onChange={(tours, did) => change('save-walking', { ...w, tours }, w, did)}
      said={[said]}
    >
      <Numbers id="walking" op="save-walking" was={w} fields={fields} />
    </Ways>
  )
}

export function TrolleyWays({ t, saved }: { t: Trolley; saved?: Savings }) {
  const fields = {
    places: [t.places, 1],
    weight_g: [t.weight_g ?? 0, 1000],
    volume_ml: [t.volume_ml ?? 0, 1000],
  } as const
  const s = saved?.walks
  const said =
    s &&
    (s.first_come_metres === 0
      ? say('ui.deciding.no_together')
      : say('ui.deciding.saved_together', {
          km: km(s.together_metres),
          plain: km(s.first_come_metres),
          share: less(s.together_metres, s.first_come_metres),
        }))
  return (
    <Ways<Trolley['rule']>
      part="trolley"
      values={['shortest', 'first_come']}
      value={t.rule}
      onChange={(rule, did) => change('save-trolley', { ...t, rule }, t, did)}
      said={[said]}
    >
      <Numbers id="trolley" op="save-trolley" was={t} fields={fields} />
    </Ways>
  )
}

export function CartonWays({ r, saved }: { r: CartonRule; saved?: Savings }) {
  const s = saved?.cartons
  const said =
    s &&
    (s.fulfilments === 0
      ? say('ui.deciding.no_cartons')
      : say('ui.deciding.saved_cartons', {
          parcels: s.parcels,
          plain_parcels: s.plain_parcels,
          cost: money(s.cost, saved.currency),
          plain: money(s.plain_cost, saved.currency),
          share: less(Number(s.cost), Number(s.plain_cost)),
        }))
  return (
    <Ways<CartonRule['cartons']>
      part="cartons"
      values={['cheapest', 'smallest']}
      value={r.cartons}
      onChange={(cartons, did) => change('save-carton-rule', { ...r, cartons }, r, did)}
      said={[said]}
    />
  )
}

export function AllocationWays({ m, saved }: { m: AllocationMethod; saved?: Savings }) {
  const s = saved?.allocation
  const put = (method: AllocationMethod['method']): AllocationMethod => ({ node: m.node, method })
  const holds =
    m.method === 'company' &&
    m.holds &&
    say('ui.deciding.allocation_holds', { what: say(`ui.deciding.allocation_${m.holds}`) })
  const said =
    s &&
    (s.orders === 0
      ? say('ui.deciding.no_allocation')
      : say('ui.deciding.saved_allocation', { orders: s.orders, saved: money(s.saved, saved.currency) }))
  return (
    <Ways<AllocationMethod['method']>
      part="allocation"
      values={['company', 'optimised', 'plain']}
      value={m.method}
      onChange={(to, did) => change('save-allocation-method', put(to), put(m.method), did)}
      said={[holds, said]}
    />
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
