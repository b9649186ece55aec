import { Ban, Check, PackageCheck, Printer, ReceiptText, X } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { CaseDetail } from '../../api/types.gen.ts'
import { useKeys } from '../../shared/keys.ts'
import { useAct } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { ActDialog } from './ActDialog.tsx'
import css from './Aftersales.module.css'
import { RefundDialog } from './RefundDialog.tsx'

type Open = 'approve' | 'reject' | 'cancel' | 'close' | 'label' | 'refund' | 'owed' | null

/** What may be done to a case where it stands, by button and by key. */
export function CaseActs({ c }: { c: CaseDetail }) {
  const [open, setOpen] = useState<Open>(null)
  const [, navigate] = useLocation()
  const shut = () => setOpen(null)
  const told = (what: string) => () => {
    toast(say(`ui.aftersales.done.${what}`, { case: c.id }))
    shut()
  }
  const approve = useAct('approve-case', { done: told('approve') })
  const reject = useAct('reject-case', { done: told('reject') })
  const cancel = useAct('cancel-case', { done: told('cancel') })
  const close = useAct('close-case', { done: told('close') })
  const label = useAct('label-case', { done: told('label') })
  const owed = useAct('mark-difference-paid', { done: told('owed') })
  const write = may('orders:write')
  const goods = ['return', 'exchange', 'refused'].includes(c.kind)
  const can = {
    approve: write && c.status === 'requested',
    cancel: write && ['requested', 'approved'].includes(c.status),
    label: write && goods && c.status === 'approved' && ['none', 'failed'].includes(c.label),
    inspect: may('ship') && goods && ['approved', 'received', 'inspected'].includes(c.status),
    refund: write && ['approved', 'received', 'inspected'].includes(c.status),
    owed: write && Number(c.difference ?? 0) > 0 && c.replacement === 'due',
    close: write && ['approved', 'inspected'].includes(c.status),
  }
  const inspect = () => navigate(`/inspect?case=${c.id}`)
  useKeys({
    ...(can.approve && { a: () => setOpen('approve'), r: () => setOpen('reject') }),
    ...(can.label && { l: () => setOpen('label') }),
    ...(can.inspect && { i: inspect }),
    ...(can.refund && { m: () => setOpen('refund') }),
  })
  const acts = { approve, reject, cancel, close, label, owed }
  const path = { id: c.id }
  const ask = open && open !== 'refund' ? acts[open] : null
  return (
    <div className={css.acts}>
      {can.cancel && (
        <Button tone="danger" icon={<Ban size={14} />} onClick={() => setOpen('cancel')}>
          {say('ui.aftersales.cancel')}
        </Button>
      )}
      {can.close && <Button onClick={() => setOpen('close')}>{say('ui.aftersales.close')}</Button>}
      {can.owed && (
        <Button icon={<ReceiptText size={14} />} onClick={() => setOpen('owed')}>
          {say('ui.aftersales.mark_owed')}
        </Button>
      )}
      {can.label && (
        <Button icon={<Printer size={14} />} keys="l" onClick={() => setOpen('label')}>
          {say('ui.aftersales.label')}
        </Button>
      )}
      {can.refund && (
        <Button icon={<ReceiptText size={14} />} keys="m" onClick={() => setOpen('refund')}>
          {say('ui.aftersales.ask_refund')}
        </Button>
      )}
      {can.inspect && (
        <Button
          tone={c.status === 'inspected' ? undefined : 'primary'}
          icon={<PackageCheck size={14} />}
          keys="i"
          onClick={inspect}
        >
          {say('ui.aftersales.inspect')}
        </Button>
      )}
      {can.approve && (
        <>
          <Button tone="danger" icon={<X size={14} />} keys="r" onClick={() => setOpen('reject')}>
            {say('ui.aftersales.reject')}
          </Button>
          <Button tone="primary" icon={<Check size={14} />} keys="a" onClick={() => setOpen('approve')}>
            {say('ui.aftersales.approve')}
          </Button>
        </>
      )}
      {open === 'refund' && <RefundDialog c={c} onClose={shut} />}
      {open && open !== 'refund' && (
        <ActDialog
          title={say(`ui.aftersales.effect.${open}`, { case: c.id, kind: c.kind, amount: c.difference })}
          act={say(open === 'owed' ? 'ui.aftersales.mark_owed' : `ui.aftersales.${open}`)}
          danger={open === 'reject' || open === 'cancel'}
          note={open === 'reject' ? 'must' : open === 'label' || open === 'owed' ? undefined : 'may'}
          field={
            open === 'label'
              ? {
                  name: 'waybill',
                  label: say('ui.aftersales.waybill_in_hand'),
                  hint: say('ui.aftersales.waybill_hint'),
                }
              : open === 'owed'
                ? { name: 'reference', label: say('ui.aftersales.reference'), must: true }
                : undefined
          }
          busy={ask?.isPending ?? false}
          error={ask?.error ?? null}
          onClose={shut}
          onDo={({ note, value }) => {
            if (open === 'label') label.mutate({ path, body: value ? { waybill: value } : {} })
            else if (open === 'owed') owed.mutate({ path, body: { reference: value } })
            else acts[open].mutate({ path, body: note ? { note } : {} })
          }}
        />
      )}
    </div>
  )
}
