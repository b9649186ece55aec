import { useState } from 'react'
import { call } from '../../shared/api.ts'
import { queries, useAct } from '../../shared/query.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, SelectField, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'

/** Has a place or a SKU counted. */
export function OrderDialog({ onClose }: { onClose(): void }) {
  const { all, at } = useWarehouses()
  const [node, setNode] = useState(at?.code ?? all[0]?.code ?? '')
  const [location, setLocation] = useState('')
  const [sku, setSku] = useState('')
  const act = useAct('order-counts', {
    done: ({ counts }) => {
      onClose()
      toast(say('ui.stock.counts_ordered', { n: counts.length }), async () => {
        for (const c of counts) await call('cancel-count', { path: { id: c.id }, body: {} })
        void queries.invalidateQueries()
      })
    },
  })
  return (
    <Dialog
      title={say('ui.counts.order')}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="order-counts" type="submit" keys="mod+Enter" busy={act.isPending}>
          {say('ui.counts.order')}
        </Button>
      }
    >
      <Form
        id="order-counts"
        error={act.error}
        onSubmit={() =>
          act.mutate({ body: { node, location: location.trim() || undefined, sku: sku.trim() || undefined } })
        }
      >
        <SelectField
          name="node"
          label={say('ui.warehouse')}
          value={node}
          onChange={setNode}
          options={all.map(n => ({ value: n.code, text: `${n.code} ${n.name}` }))}
        />
        <TextField
          name="location"
          label={say('ui.stock.location')}
          hint={say('ui.counts.location_hint')}
          value={location}
          onChange={setLocation}
          focus
        />
        <TextField
          name="sku"
          label={say('ui.stock.sku')}
          hint={say('ui.counts.sku_hint')}
          value={sku}
          onChange={setSku}
        />
      </Form>
    </Dialog>
  )
}
