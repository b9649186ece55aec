import { useState } from 'react'
import type { CaseDetail, Refund } from '../../api/types.gen.ts'
import { money } from '../../shared/format.ts'
import { useAct } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { capital, has, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { Money } from '../../ui/Money.tsx'
import { toast } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { ActDialog } from './ActDialog.tsx'
import css from './Aftersales.module.css'
import { RefundState } from './columns.tsx'

type Act = 'approve' | 'reject' | 'retry' | 'paid'

const possible: Record<string, Act[]> = {
  requested: ['reject', 'approve'],
  approved: ['reject', 'paid'],
  failed: ['reject', 'paid', 'retry'],
}

/** The money of a case: every refund with its way, and what may be decided. */
export function Refunds({ c }: { c: CaseDetail }) {
  return (
    <Card title={say('ui.aftersales.money')}>
      {c.refunds.length === 0 && <p className={css.quiet}>{say('ui.aftersales.no_money')}</p>}
      {c.refunds.map(r => (
        <One key={r.id} r={r} />
      ))}
    </Card>
  )
}

function One({ r }: { r: Refund }) {
  const [open, setOpen] = useState<Act | null>(null)
  const shut = () => setOpen(null)
  const done = () => {
    toast(say('ui.aftersales.refund_done', { amount: money(r.amount, r.currency) }))
    shut()
  }
  const acts = {
    approve: useAct('approve-refund', { done }),
    reject: useAct('reject-refund', { done }),
    retry: useAct('retry-refund', { done }),
    paid: useAct('mark-refund-paid', { done }),
  }
  const list = may('orders:write') ? (possible[r.status] ?? []) : []
  const failure = r.failure && (has(r.failure) ? say(r.failure) : r.failure)
  return (
    <div className={css.refund}>
      <strong>
        <Money amount={r.amount} currency={r.currency} />
      </strong>
      <RefundState value={r.status} />
      <span>
        {capital(say(`aftersales.reason.${r.reason}`))} · {r.way && say(`ui.aftersales.way.${r.way}`)}{' '}
        <When at={r.asked_at} as="clock" /> {r.reference && <span className="code">{r.reference}</span>}
      </span>
      <span className={css.acts}>
        {list.map(a => (
          <Button
            key={a}
            tone={a === 'reject' ? 'danger' : a === 'approve' || a === 'retry' ? 'primary' : undefined}
            onClick={() => setOpen(a)}
          >
            {say(`ui.aftersales.money.${a}`)}
          </Button>
        ))}
      </span>
      {failure && <span className={css.failure}>{failure}</span>}
      {open && (
        <ActDialog
          title={say(`ui.aftersales.effect.money_${open}`, { amount: money(r.amount, r.currency) })}
          act={say(`ui.aftersales.money.${open}`)}
          danger={open === 'reject'}
          note={open === 'reject' ? 'must' : undefined}
          field={open === 'paid' ? { name: 'reference', label: say('ui.aftersales.reference'), must: true } : undefined}
          busy={acts[open].isPending}
          error={acts[open].error}
          onClose={shut}
          onDo={({ note, value }) =>
            acts[open].mutate({
              path: { id: r.id },
              body: { ...(note && { note }), ...(value && { reference: value }) },
            })
          }
        />
      )}
    </div>
  )
}
