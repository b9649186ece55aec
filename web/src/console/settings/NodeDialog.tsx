import { useState } from 'react'
import type { Node, NodeInput } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries, useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Combobox } from '../../ui/Combobox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, TextField } from '../../ui/Form.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { Cutoffs } from './Cutoffs.tsx'
import { changed, type NodeForm, nodeForm } from './node.ts'

const zones = () => Intl.supportedValuesOf('timeZone').map(value => ({ value, text: value }))

/** A warehouse as it is entered. Only what was changed is sent: what a colleague changes meanwhile stays. */
export function NodeDialog({ node, onClose }: { node?: Node; onClose(): void }) {
  const [fields, setFields] = useState<NodeForm>(nodeForm(node))
  const [code, setCode] = useState('')
  const back = (before: NodeInput) => async () => {
    try {
      await call('save-node', { path: { node: node?.code ?? '' }, body: before })
      void queries.invalidateQueries()
    } catch (error) {
      toastError(error)
    }
  }
  const edits = changed(nodeForm(node), fields)
  const before = changed(fields, nodeForm(node))
  const save = useAct('save-node', {
    done: n => {
      toast(say('ui.settings.saved_warehouse', { code: n.code }), back(before))
      onClose()
    },
  })
  const add = useAct('add-node', {
    done: n => {
      toast(say('ui.settings.added_warehouse', { code: n.code }))
      onClose()
    },
  })
  const send = () => {
    if (!node) add.mutate({ body: { code: code.trim(), ...edits } })
    else if (Object.keys(edits).length === 0) onClose()
    else save.mutate({ path: { node: node.code }, body: edits })
  }
  const field = (name: keyof NodeForm) => ({
    name,
    label: say(`ui.settings.node.${name}`),
    value: fields[name],
    onChange: (v: string) => setFields(was => ({ ...was, [name]: v })),
  })
  return (
    <Dialog
      wide
      open
      title={node ? say('ui.settings.edit_warehouse', { code: node.code }) : say('ui.settings.add_warehouse')}
      onClose={onClose}
      acts={
        <Button tone="primary" form="node" type="submit" keys="mod+Enter" busy={save.isPending || add.isPending}>
          {say('ui.save')}
        </Button>
      }
    >
      <Form id="node" error={save.error ?? add.error} onSubmit={send}>
        <FormRow>
          {!node && (
            <TextField
              name="code"
              label={say('ui.settings.code')}
              hint={say('ui.settings.code_hint')}
              value={code}
              onChange={setCode}
              must
              focus
            />
          )}
          <TextField {...field('name')} focus={!!node} />
          <Combobox {...field('timezone')} options={zones()} must />
        </FormRow>
        <Cutoffs value={fields.cutoffs} onChange={v => setFields(was => ({ ...was, cutoffs: v }))} />
        <FormRow>
          <TextField {...field('capacity_orders_day')} type="number" hint={say('ui.settings.capacity_hint')} />
          <TextField {...field('handling_cost')} />
          <TextField {...field('priority')} type="number" hint={say('ui.settings.priority_hint')} />
        </FormRow>
        <FormRow>
          <TextField {...field('country')} />
          <TextField {...field('province')} />
          <TextField {...field('city')} />
          <TextField {...field('district')} />
        </FormRow>
        <TextField {...field('address')} />
        <FormRow>
          <TextField {...field('lat')} />
          <TextField {...field('lng')} />
        </FormRow>
      </Form>
    </Dialog>
  )
}
