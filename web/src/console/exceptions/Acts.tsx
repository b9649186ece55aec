import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Order } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { useKeys } from '../../shared/keys.ts'
import { queries } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/Toast.tsx'
import { EditDialog } from '../order/EditDialog.tsx'
import { HoldDialog } from '../order/HoldDialog.tsx'
import { WhyDialog } from '../order/WhyDialog.tsx'
import { approve, cancel, reject } from '../orders/acts.ts'
import { AskDialog } from './AskDialog.tsx'
import css from './Exceptions.module.css'
import { SnoozeDialog } from './SnoozeDialog.tsx'
import type { Cases } from './useCases.ts'

type Open = 'hold' | 'reject' | 'edit' | 'snooze' | 'ask' | 'force' | null

/** One key a decision; after it the next case opens by itself. */
export function Acts({ cases, order: o, off }: { cases: Cases; order: Order; off: boolean }) {
  const [open, setOpen] = useState<Open>(null)
  const [, navigate] = useLocation()
  const write = may('orders:write') && !off
  const over = ['shipped', 'cancelled'].includes(o.fulfilment) || ['rejected', 'cancelled'].includes(o.review)
  const reviewing = ['pending', 'held'].includes(o.review)
  const working = o.fulfilments.some(f => f.status !== 'cancelled' && f.status !== 'rejected')
  const can = {
    approve: write && reviewing,
    act: write && !over,
    ask: write && !over && !working,
    force: may('orders:force') && !off && !over && o.holds.some(h => !h.released_at),
  }
  const close = () => setOpen(null)
  const done = () => cases.decided()
  const doApprove = () => cases.decide(() => approve(o.id, o.external_no))
  const ask = (what: Open) => () => setOpen(what)
  useKeys({
    j: () => cases.step(1),
    k: () => cases.step(-1),
    ArrowDown: () => cases.step(1),
    ArrowUp: () => cases.step(-1),
    o: () => navigate(`/orders/${o.id}`),
    ...(can.approve && { a: doApprove }),
    ...(can.act && { e: ask('edit'), h: ask('hold'), r: ask('reject'), s: ask('snooze') }),
    ...(can.ask && { m: ask('ask') }),
    ...(can.force && { f: ask('force') }),
  })
  return (
    <div className={css.acts}>
      {can.approve && (
        <Button tone="primary" keys="a" onClick={doApprove}>
          {say('ui.order.approve')}
        </Button>
      )}
      {can.act && (
        <>
          <Button keys="e" onClick={ask('edit')}>
            {say('ui.order.edit')}
          </Button>
          <Button keys="h" onClick={ask('hold')}>
            {say('ui.order.hold')}
          </Button>
          <Button keys="s" onClick={ask('snooze')}>
            {say('ui.exceptions.snooze')}
          </Button>
          {can.ask && (
            <Button keys="m" onClick={ask('ask')}>
              {say('ui.exceptions.ask')}
            </Button>
          )}
          <Button tone="danger" keys="r" onClick={ask('reject')}>
            {say(reviewing ? 'ui.order.reject' : 'ui.order.cancel')}
          </Button>
        </>
      )}
      {can.force && (
        <Button tone="danger" keys="f" onClick={ask('force')}>
          {say('ui.exceptions.force')}
        </Button>
      )}
      {open === 'hold' && <HoldDialog order={o} onClose={close} onDone={done} />}
      {open === 'edit' && <EditDialog order={o} onClose={close} onDone={done} />}
      {open === 'snooze' && <SnoozeDialog order={o} onClose={close} onDone={done} />}
      {open === 'ask' && <AskDialog order={o} onClose={close} onDone={done} />}
      {open === 'reject' && (
        <WhyDialog
          title={say(reviewing ? 'ui.order.reject_what' : 'ui.order.cancel_what', {
            order: o.external_no,
            amount: o.total,
            currency: o.currency,
          })}
          act={say(reviewing ? 'ui.order.reject' : 'ui.order.cancel')}
          onClose={close}
          onDo={async why => {
            await (reviewing ? reject : cancel)(o.id, o.external_no, why)
            done()
          }}
        />
      )}
      {open === 'force' && (
        <WhyDialog
          title={say('ui.exceptions.force_what', {
            order: o.external_no,
            n: o.holds.filter(h => !h.released_at).length,
          })}
          act={say('ui.exceptions.force')}
          onClose={close}
          onDo={async why => {
            await call('force-order', { path: { id: o.id }, body: { reason: why } })
            void queries.invalidateQueries()
            toast(say('ui.exceptions.forced', { order: o.external_no }))
            done()
          }}
        />
      )}
    </div>
  )
}
