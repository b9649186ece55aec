import { useState } from 'react'
import type { WaveTemplate } from '../../api/types.gen.ts'
import { useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, SelectField, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'

const list = (text: string) => text.split(/[\s,;，；]+/).filter(Boolean)

/** Says what is released by itself, and when. */
export function TemplateDialog({ template: t, onClose }: { template: Partial<WaveTemplate>; onClose(): void }) {
  const [fields, setFields] = useState({
    name: t.name ?? '',
    method: t.method ?? 'batch',
    carriers: t.carriers?.join(' ') ?? '',
    zones: t.zones?.join(' ') ?? '',
    minutes: String(t.minutes_before_cutoff ?? 120),
    most: String(t.max_orders ?? 100),
    label: t.label_at ?? 'check',
    enabled: t.enabled === false ? 'off' : 'on',
  })
  const save = useAct('save-wave-template', {
    done: () => {
      toast(say('ui.waves.saved', { name: fields.name }))
      onClose()
    },
  })
  const field = (key: keyof typeof fields, name: string) => ({
    name,
    label: say(`ui.waves.field.${key}`),
    value: fields[key],
    onChange: (v: string) => setFields(was => ({ ...was, [key]: v })),
  })
  const send = () =>
    save.mutate({
      body: {
        id: t.id,
        node: t.node ?? '',
        name: fields.name.trim(),
        method: fields.method as WaveTemplate['method'],
        carriers: list(fields.carriers),
        zones: list(fields.zones),
        minutes_before_cutoff: Number(fields.minutes) || 0,
        max_orders: Number(fields.most) || 0,
        enabled: fields.enabled === 'on',
        label_at: fields.label as WaveTemplate['label_at'],
      },
    })
  const options = (...values: string[]) => values.map(value => ({ value, text: say(`ui.waves.${value}`) }))
  return (
    <Dialog
      wide
      title={say(t.id ? 'ui.waves.edit_template' : 'ui.waves.new_template', { node: t.node ?? '' })}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="template" type="submit" busy={save.isPending} keys="mod+Enter">
          {say('ui.save')}
        </Button>
      }
    >
      <Form id="template" error={save.error} onSubmit={send}>
        <FormRow>
          <TextField {...field('name', 'name')} must focus />
          <SelectField {...field('method', 'method')} options={options('batch', 'discrete', 'shape')} />
        </FormRow>
        <FormRow>
          <TextField {...field('minutes', 'minutes_before_cutoff')} type="number" />
          <TextField {...field('most', 'max_orders')} type="number" />
        </FormRow>
        <FormRow>
          <TextField {...field('carriers', 'carriers')} hint={say('ui.waves.all_hint')} />
          <TextField {...field('zones', 'zones')} hint={say('ui.waves.all_hint')} />
        </FormRow>
        <FormRow>
          <SelectField {...field('label', 'label_at')} options={options('check', 'release')} />
          <SelectField {...field('enabled', 'enabled')} options={options('on', 'off')} />
        </FormRow>
      </Form>
    </Dialog>
  )
}
