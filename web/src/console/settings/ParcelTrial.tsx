import { useState } from 'react'
import type { AskedOfOne } from '../../api/types.gen.ts'
import { money, weight } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import { Form, FormRow, SelectField, TextField } from '../../ui/Form.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import css from './Settings.module.css'
import { useTrial } from './useTrial.ts'

const levels = ['normal', 'cod', 'presale', 'exchange', 'reship', 'gift', 'dropship']

/** What a parcel would cost with each carrier, who would get it, and why nobody else. */
export function ParcelTrial() {
  const nodes = useGet('list-nodes')
  const [f, setF] = useState({
    node: '',
    weight: '1',
    length: '',
    width: '',
    height: '',
    province: '',
    city: '',
    kind: 'normal',
  })
  const node = f.node || (nodes.data?.nodes[0]?.code ?? '')
  const number = (text: string, by: number) => Math.round((Number(text) || 0) * by)
  const body = {
    node,
    weight_g: number(f.weight, 1000),
    length_mm: number(f.length, 10),
    width_mm: number(f.width, 10),
    height_mm: number(f.height, 10),
    province: f.province.trim(),
    city: f.city.trim(),
    kind: f.kind as 'normal',
  }
  const { data, error } = useTrial('try-carriers', { body }, body.province !== '' && node !== '')
  const field = (name: keyof typeof f) => ({
    name,
    label: say(`ui.parcel.${name}`),
    value: f[name],
    onChange: (v: string) => setF(was => ({ ...was, [name]: v })),
  })
  return (
    <Card title={say('ui.parcel.title')}>
      <Form onSubmit={() => {}} error={body.province ? error : null}>
        <FormRow>
          <SelectField
            {...field('node')}
            value={node}
            options={(nodes.data?.nodes ?? []).map(n => ({ value: n.code, text: `${n.code} ${n.name}` }))}
          />
          <TextField {...field('province')} />
          <TextField {...field('city')} />
          <SelectField
            {...field('kind')}
            options={levels.map(value => ({ value, text: say(`ui.settings.level_${value}`) }))}
          />
        </FormRow>
        <FormRow>
          <TextField {...field('weight')} type="number" />
          <TextField {...field('length')} type="number" />
          <TextField {...field('width')} type="number" />
          <TextField {...field('height')} type="number" />
        </FormRow>
      </Form>
      {!body.province && <p className={css.below}>{say('ui.parcel.about')}</p>}
      {body.province && data && !error && (
        <div className={css.tried}>
          <p>
            <b>
              {data.found ? say('ui.parcel.chosen', { carrier: nameOf(data.services[0]) }) : say('ui.parcel.nobody')}
            </b>{' '}
            {data.why}
          </p>
          <Table
            head={[
              { title: say('ui.settings.carrier') },
              { title: say('ui.settings.service') },
              { title: say('ui.parcel.cost'), num: true },
              { title: say('ui.parcel.charged'), num: true },
              { title: say('ui.settings.days'), num: true },
              { title: say('ui.parcel.verdict') },
              { title: say('ui.parcel.why') },
              { title: say('ui.parcel.waybill') },
            ]}
            rows={data.services.map((s, i) => ({
              key: nameOf(s),
              cells: [
                <b key="carrier">{s.carrier}</b>,
                s.service,
                s.cost ? money(s.cost, data.currency) : '',
                s.chargeable_g ? weight(s.chargeable_g) : '',
                s.takes ? [s.days_p50, s.days_p90].filter((d, k, all) => k === 0 || d !== all[0]).join('–') : '',
                <Verdict key="verdict" s={s} first={data.found && i === 0} />,
                s.why,
                say(s.calls ? 'ui.parcel.calls' : 'ui.parcel.by_hand'),
              ],
            }))}
          />
        </div>
      )}
    </Card>
  )
}

const nameOf = (s?: AskedOfOne) => [s?.carrier, s?.service].filter(Boolean).join(' ')

function Verdict({ s, first }: { s: AskedOfOne; first: boolean }) {
  const state = first ? 'gets' : s.takes ? 'could' : 'cannot'
  const tone = { gets: 'delivered', could: 'neutral', cannot: 'cancelled' } as const
  return <StateBadge area="" value={state} tone={tone[state]} text={say(`ui.parcel.verdict_${state}`)} />
}
