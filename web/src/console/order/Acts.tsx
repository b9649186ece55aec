import { Ban, Check, ChevronLeft, ChevronRight, Pause, Pencil, X } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Order } from '../../api/types.gen.ts'
import { useKeys, useShowKeys } from '../../shared/keys.ts'
import { may } from '../../shared/session.ts'
import { useStore } from '../../shared/store.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { toastError } from '../../ui/Toast.tsx'
import { approve, cancel, reject } from '../orders/acts.ts'
import { neighbours, trail } from '../orders/trail.ts'
import { EditDialog } from './EditDialog.tsx'
import { HoldDialog } from './HoldDialog.tsx'
import css from './Order.module.css'
import { WhyDialog } from './WhyDialog.tsx'

type Open = 'hold' | 'reject' | 'cancel' | 'edit' | null

/** What may be done to an order where it stands, by button and by key. */
export function Acts({ order: o }: { order: Order }) {
  const [open, setOpen] = useState<Open>(null)
  const write = may('orders:write')
  const reviewing = ['pending', 'held'].includes(o.review)
  const over = o.fulfilment === 'cancelled' || ['rejected', 'cancelled'].includes(o.review)
  const shipped = o.fulfilment === 'shipped'
  const can = {
    approve: write && reviewing,
    hold: write && !over && !shipped,
    reject: write && reviewing,
    edit: write && !over && !shipped,
  }
  const mayCancel = write && !over && !reviewing && !['delivered', 'returned'].includes(o.delivery)
  const doApprove = () => void approve(o.id, o.external_no).catch(toastError)
  useKeys({
    ...(can.approve && { a: doApprove }),
    ...(can.hold && { h: () => setOpen('hold') }),
    ...(can.reject && { r: () => setOpen('reject') }),
    ...(can.edit && { e: () => setOpen('edit') }),
  })
  const close = () => setOpen(null)
  return (
    <div className={css.acts}>
      <Neighbours id={o.id} />
      {can.edit && (
        <Button icon={<Pencil size={14} />} keys="e" onClick={() => setOpen('edit')}>
          {say('ui.order.edit')}
        </Button>
      )}
      {can.hold && (
        <Button icon={<Pause size={14} />} keys="h" onClick={() => setOpen('hold')}>
          {say('ui.order.hold')}
        </Button>
      )}
      {can.reject && (
        <Button tone="danger" icon={<X size={14} />} keys="r" onClick={() => setOpen('reject')}>
          {say('ui.order.reject')}
        </Button>
      )}
      {mayCancel && (
        <Button tone="danger" icon={<Ban size={14} />} onClick={() => setOpen('cancel')}>
          {say('ui.order.cancel')}
        </Button>
      )}
      {can.approve && (
        <Button tone="primary" icon={<Check size={14} />} keys="a" onClick={doApprove}>
          {say('ui.order.approve')}
        </Button>
      )}
      {open === 'hold' && <HoldDialog order={o} onClose={close} />}
      {open === 'edit' && <EditDialog order={o} onClose={close} />}
      {open === 'reject' && (
        <WhyDialog
          title={say('ui.order.reject_what', { order: o.external_no, amount: o.total, currency: o.currency })}
          act={say('ui.order.reject')}
          onClose={close}
          onDo={why => reject(o.id, o.external_no, why)}
        />
      )}
      {open === 'cancel' && (
        <WhyDialog
          title={say('ui.order.cancel_what', { order: o.external_no, amount: o.total, currency: o.currency })}
          act={say('ui.order.cancel')}
          onClose={close}
          onDo={why => cancel(o.id, o.external_no, why)}
        />
      )}
    </div>
  )
}

/** The order before and after in the list one came from. */
function Neighbours({ id }: { id: string }) {
  const [, navigate] = useLocation()
  const { before, after, at, of } = neighbours(useStore(trail), id)
  const go = (to: string | undefined) => to && navigate(`/orders/${to}`)
  useShowKeys({ '[': () => go(before), ']': () => go(after) })
  if (!at) return null
  return (
    <>
      <Button
        tone="quiet"
        icon={<ChevronLeft size={16} />}
        aria-label={say('ui.key.previous')}
        disabled={!before}
        onClick={() => go(before)}
      />
      <span className={css.quiet} style={{ alignSelf: 'center' }}>
        {at} / {of}
      </span>
      <Button
        tone="quiet"
        icon={<ChevronRight size={16} />}
        aria-label={say('ui.key.next')}
        disabled={!after}
        onClick={() => go(after)}
      />
    </>
  )
}
