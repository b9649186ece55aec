import { useState } from 'react'
import type { Fulfilment } from '../../api/types.gen.ts'
import { useGet } from '../../shared/query.ts'
import { useSending } from '../../shared/sending.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, SelectField, TextArea } from '../../ui/Form.tsx'
import { AllowSplit } from './AllowSplit.tsx'
import { Amounts } from './Amounts.tsx'
import { split } from './acts.ts'

interface Divided {
  no: string
  maySplit: boolean
}

/** Puts some of the goods of a parcel into one of their own, here or at another warehouse. */
export function SplitDialog({ order, part: f, onClose }: { order: Divided; part: Fulfilment; onClose(): void }) {
  const [chosen, setChosen] = useState<Record<string, number>>({})
  const [node, setNode] = useState(f.node)
  const [reason, setReason] = useState('')
  const [allow, setAllow] = useState(false)
  const { busy, error, send } = useSending()
  const nodes = useGet('list-nodes', {}, { enabled: may('stock:read') }).data?.nodes ?? []
  const codes = [...new Set([f.node, ...nodes.filter(n => n.open).map(n => n.code)])]
  const elsewhere = node !== f.node
  const lines = f.lines.map(l => ({ seq: l.seq, quantity: chosen[String(l.seq)] ?? 0 })).filter(l => l.quantity > 0)
  const goes = lines.reduce((n, l) => n + l.quantity, 0)
  const all = f.lines.reduce((n, l) => n + l.quantity, 0)
  const ready = goes > 0 && goes < all && (!elsewhere || reason.trim() !== '') && (order.maySplit || allow)
  const go = async () => {
    await split(f, order.no, {
      lines,
      ...(elsewhere && { node }),
      ...(reason.trim() && { reason: reason.trim() }),
      ...(allow && { allow_split: true }),
    })
    onClose()
  }
  return (
    <Dialog
      wide
      title={say('ui.byhand.split_what', { order: order.no })}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{say('ui.back')}</Button>
          <Button tone="primary" form="split" type="submit" keys="mod+Enter" busy={busy} disabled={!ready}>
            {say('ui.byhand.split_n', { n: goes })}
          </Button>
        </>
      }
    >
      <Form id="split" error={error} onSubmit={() => void (ready && send(go))}>
        <Amounts
          focus
          list={f.lines.map(l => ({
            key: String(l.seq),
            sku: l.sku,
            line: l.line_no,
            there: l.quantity,
            from: f.node,
          }))}
          chosen={chosen}
          onChange={setChosen}
        />
        <SelectField
          name="node"
          label={say('ui.byhand.ships_from')}
          value={node}
          onChange={setNode}
          options={codes.map(c => ({ value: c, text: c === f.node ? say('ui.byhand.same', { node: c }) : c }))}
        />
        <TextArea
          name="reason"
          label={say('ui.order.reason')}
          hint={say(elsewhere ? 'ui.order.reason_hint' : 'ui.byhand.reason_free')}
          must={elsewhere}
          value={reason}
          onChange={setReason}
        />
        {!order.maySplit && <AllowSplit on={allow} onChange={setAllow} />}
      </Form>
    </Dialog>
  )
}
