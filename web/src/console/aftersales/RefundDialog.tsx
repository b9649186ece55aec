import { useState } from 'react'
import type { CaseDetail } from '../../api/types.gen.ts'
import { money } from '../../shared/format.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'

/** Asks for money of a case to go back, line by line; without amounts what was paid for the goods that are here. */
export function RefundDialog({ c, onClose }: { c: CaseDetail; onClose(): void }) {
  const { data } = useGet('get-refundable', { path: { id: c.order } })
  const order = useGet('get-order', { path: { id: c.order } })
  const goods = (no: number) => {
    const l = order.data?.lines.find(l => l.no === no)
    return [l?.sku, l?.title].filter(Boolean).join(' ')
  }
  // Shipping, which has the number 0, comes last; of what has gone back already nothing is asked.
  const open = (data?.lines ?? [])
    .filter(l => Number(l.amount) > 0)
    .sort((a, b) => (a.line_no || 1e9) - (b.line_no || 1e9))
  const [amounts, setAmounts] = useState<Record<number, string>>({})
  const ask = useAct('ask-refund', {
    done: r => {
      toast(say('ui.aftersales.refund_asked', { amount: money(r.amount, r.currency) }))
      onClose()
    },
  })
  const lines = Object.entries(amounts)
    .filter(([, amount]) => amount.trim())
    .map(([no, amount]) => ({ line_no: Number(no), amount: amount.trim() }))
  const send = () => ask.mutate({ path: { id: c.id }, body: lines.length ? { lines } : {} })
  return (
    <Dialog
      title={say('ui.aftersales.refund_what', { case: c.id })}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="refund" type="submit" busy={ask.isPending} keys="mod+Enter">
          {say('ui.aftersales.ask_refund')}
        </Button>
      }
    >
      <Form id="refund" error={ask.error} onSubmit={send}>
        <p>{say('ui.aftersales.refund_hint')}</p>
        {open.map((l, i) => (
          <TextField
            key={l.line_no}
            name={`lines[${lines.findIndex(x => x.line_no === l.line_no)}].amount`}
            label={l.line_no ? goods(l.line_no) : say('ui.aftersales.shipping')}
            hint={say('ui.aftersales.at_most', { amount: money(l.amount, data?.currency ?? '') })}
            value={amounts[l.line_no] ?? ''}
            onChange={v => setAmounts(was => ({ ...was, [l.line_no]: v }))}
            focus={i === 0}
          />
        ))}
      </Form>
    </Dialog>
  )
}
