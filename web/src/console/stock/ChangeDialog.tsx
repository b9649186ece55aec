import { useState } from 'react'
import type { Shelf, StockChange } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries, useAct } from '../../shared/query.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, SelectField, TextArea, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'

type Quality = NonNullable<StockChange['quality']>
const kinds = ['adjust_down', 'adjust_up', 'quality'] as const
const qualities: Quality[] = ['good', 'defective', 'quarantine', 'missing']

interface Props {
  sku: string
  /** To another place, and not more or fewer. */
  move: boolean
  from?: Shelf
  onClose(): void
}

/** Corrects the book, or moves goods, with its reason. What was done can be taken back by its opposite. */
export function ChangeDialog({ sku, move, from, onClose }: Props) {
  const { all, at } = useWarehouses()
  const [kind, setKind] = useState<StockChange['kind']>(move ? 'move' : 'adjust_down')
  const [node, setNode] = useState(from?.node ?? at?.code ?? all[0]?.code ?? '')
  const [location, setLocation] = useState(from?.location ?? '')
  const [to, setTo] = useState('')
  const [lot, setLot] = useState(from?.lot ?? '')
  const [quality, setQuality] = useState<Quality>((from?.quality as Quality) ?? 'good')
  const [becomes, setBecomes] = useState<Quality>('defective')
  const [quantity, setQuantity] = useState('')
  const [note, setNote] = useState('')
  const act = useAct('change-stock', {
    done: (_, { body }) => {
      onClose()
      if (body) tell(body)
    },
  })
  const grades = qualities.map(q => ({ value: q, text: say(`ui.stock.quality.${q}`) }))
  const lots = <TextField name="lot" label={say('ui.stock.lot')} value={lot} onChange={setLot} />
  const send = () =>
    act.mutate({
      body: {
        kind,
        sku,
        node,
        location: location.trim(),
        to: kind === 'move' ? to.trim() : undefined,
        lot: lot.trim() || undefined,
        quality,
        becomes: kind === 'quality' ? becomes : undefined,
        quantity: Number(quantity) || 0,
        note: note.trim(),
      },
    })
  return (
    <Dialog
      title={say(move ? 'ui.stock.move_what' : 'ui.stock.adjust_what', { sku })}
      open
      onClose={onClose}
      acts={
        <Button
          tone="primary"
          form="stock"
          type="submit"
          keys="mod+Enter"
          busy={act.isPending}
          disabled={!note.trim() && !move}
        >
          {say(move ? 'ui.stock.move' : 'ui.stock.adjust')}
        </Button>
      }
    >
      <Form id="stock" error={act.error} onSubmit={send}>
        {!move && (
          <SelectField
            name="kind"
            label={say('ui.stock.what')}
            value={kind}
            onChange={k => setKind(k as StockChange['kind'])}
            options={kinds.map(k => ({ value: k, text: say(`ui.stock.change.${k}`) }))}
          />
        )}
        <FormRow>
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
            must
            value={location}
            onChange={setLocation}
            focus={!from}
          />
        </FormRow>
        <FormRow>
          {kind === 'move' && (
            <TextField name="to" label={say('ui.stock.to_location')} must value={to} onChange={setTo} focus={!!from} />
          )}
          <TextField
            name="quantity"
            label={say('ui.stock.quantity')}
            type="number"
            must
            value={quantity}
            onChange={setQuantity}
            focus={!!from && !move}
          />
          {kind !== 'move' && lots}
        </FormRow>
        <FormRow>
          {kind === 'move' && lots}
          <SelectField
            name="quality"
            label={say('ui.stock.quality')}
            value={quality}
            onChange={q => setQuality(q as Quality)}
            options={grades}
          />
          {kind === 'quality' && (
            <SelectField
              name="becomes"
              label={say('ui.stock.becomes')}
              value={becomes}
              onChange={q => setBecomes(q as Quality)}
              options={grades}
            />
          )}
        </FormRow>
        <TextArea name="note" label={say('ui.stock.reason')} value={note} onChange={setNote} />
      </Form>
    </Dialog>
  )
}

/** Says what was booked, with its opposite as the way back. */
function tell(done: StockChange) {
  const back = opposite(done)
  toast(
    say(`ui.stock.done.${done.kind}`, { n: done.quantity, sku: done.sku, location: done.location, to: done.to }),
    async () => {
      await call('change-stock', { body: back })
      void queries.invalidateQueries()
    },
  )
}

/** The change that takes another one back. */
export function opposite(c: StockChange): StockChange {
  const note = say('ui.stock.taken_back')
  if (c.kind === 'adjust_up') return { ...c, kind: 'adjust_down', note }
  if (c.kind === 'adjust_down') return { ...c, kind: 'adjust_up', note }
  if (c.kind === 'move') return { ...c, location: c.to ?? '', to: c.location, note }
  return { ...c, quality: c.becomes as Quality, becomes: c.quality, note }
}
