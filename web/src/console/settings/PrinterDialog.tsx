import { useState } from 'react'
import type { PrinterItem } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries, useAct, useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, SelectField, TextField } from '../../ui/Form.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'

const fresh: PrinterItem = { node: '', name: '', kind: 'raw', address: '', format: 'zpl', enabled: true }

/** A printer: where it stands, how it is reached, and what it takes. */
export function PrinterDialog({ printer, onClose }: { printer?: PrinterItem; onClose(): void }) {
  const nodes = useGet('list-nodes')
  const [p, setP] = useState<PrinterItem>(printer ?? fresh)
  const list = nodes.data?.nodes ?? []
  const node = p.node || list[0]?.code || ''
  const save = useAct('save-printer', {
    done: out => {
      const back = async () => {
        try {
          await call('save-printer', { body: printer ? bodyOf(printer) : { ...bodyOf(out), enabled: false } })
          void queries.invalidateQueries()
        } catch (error) {
          toastError(error)
        }
      }
      toast(say('ui.settings.saved_printer', { name: out.name }), () => void back())
      onClose()
    },
  })
  const field = <K extends 'name' | 'station' | 'address' | 'kind' | 'format' | 'language'>(key: K) => ({
    name: key,
    label: say(`ui.settings.printer.${key}`),
    value: (p[key] as string | undefined) ?? '',
    onChange: (v: string) => setP(was => ({ ...was, [key]: v })),
  })
  const pick = (...values: string[]) => values.map(value => ({ value, text: say(`ui.settings.printer.${value}`) }))
  const yes = [
    { value: 'yes', text: say('ui.settings.yes') },
    { value: 'no', text: say('ui.settings.no') },
  ]
  return (
    <Dialog
      wide
      open
      title={printer ? say('ui.settings.edit_printer', { name: printer.name }) : say('ui.settings.add_printer')}
      onClose={onClose}
      acts={
        <Button tone="primary" form="printer" type="submit" keys="mod+Enter" busy={save.isPending}>
          {say('ui.save')}
        </Button>
      }
    >
      <Form id="printer" error={save.error} onSubmit={() => save.mutate({ body: { ...bodyOf(p), node } })}>
        <FormRow>
          <TextField {...field('name')} must focus />
          <SelectField
            name="node"
            label={say('ui.warehouse')}
            value={node}
            onChange={v => setP({ ...p, node: v })}
            options={list.map(n => ({ value: n.code, text: `${n.code} ${n.name}` }))}
          />
          <TextField {...field('station')} hint={say('ui.settings.station_hint')} />
        </FormRow>
        <FormRow>
          <SelectField {...field('kind')} options={pick('raw', 'cups')} />
          <SelectField {...field('format')} options={pick('zpl', 'pdf')} />
          <SelectField {...field('language')} options={pick('zh-CN', 'en')} />
        </FormRow>
        <TextField
          {...field('address')}
          must
          hint={p.kind === 'cups' ? 'ipp://10.0.0.7:631/printers/ZD421' : '10.0.0.7:9100'}
        />
        <FormRow>
          <SelectField
            name="answers"
            label={say('ui.settings.printer.answers')}
            hint={say('ui.settings.answers_hint')}
            value={(p.answers ?? p.format === 'zpl') ? 'yes' : 'no'}
            onChange={v => setP({ ...p, answers: v === 'yes' })}
            options={yes}
          />
          <SelectField
            name="enabled"
            label={say('ui.settings.printer.enabled')}
            value={p.enabled ? 'yes' : 'no'}
            onChange={v => setP({ ...p, enabled: v === 'yes' })}
            options={yes}
          />
        </FormRow>
      </Form>
    </Dialog>
  )
}

/** What of a printer is set, not seen. */
const bodyOf = (p: PrinterItem): PrinterItem => ({
  id: p.id,
  node: p.node,
  name: p.name.trim(),
  station: p.station?.trim(),
  kind: p.kind,
  address: p.address.trim(),
  format: p.format,
  language: p.language || 'zh-CN',
  answers: p.answers,
  enabled: p.enabled,
})
