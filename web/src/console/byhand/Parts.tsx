import { Combine, RotateCcw, Split, Warehouse } from 'lucide-react'
import { useState } from 'react'
import type { Fulfilment, Order } from '../../api/types.gen.ts'
import { money, number } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { may, useMe } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { toastError } from '../../ui/Toast.tsx'
import { merge, redecide } from './acts.ts'
import css from './ByHand.module.css'
import { joinable } from './joinable.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { SplitDialog } from './SplitDialog.tsx'

type Open = 'move' | Fulfilment | null

/** What no wave has taken of an order: where it ships from, and what a reviewer can do about it. */
export function Parts({ order: o }: { order: Order }) {
  const { currency } = useMe()
  const [open, setOpen] = useState<Open>(null)
  const [chosen, setChosen] = useState<string[]>([])
  const parts = o.fulfilments.filter(f => f.status === 'allocated')
  const waits = ['waiting', 'backordered'].includes(o.fulfilment)
  const passed = ['passed', 'approved'].includes(o.review)
  const mine = may('orders:write') && passed
  const together = joinable(parts, chosen)
  const dividable = parts.filter(f => units(f) > 1)
  const one = dividable.find(f => chosen.includes(f.id)) ?? dividable[0]
  const close = () => setOpen(null)
  const doMerge = () => void (together && merge(o.id, o.external_no, together).catch(toastError))
  const on = mine && parts.length + (waits ? 1 : 0) > 0
  useKeys({
    ...(on && { w: () => setOpen('move') }),
    ...(on && one && { v: () => setOpen(one) }),
    ...(on && together && { m: doMerge }),
  })
  if (!passed || parts.length + (waits ? 1 : 0) === 0) return null
  return (
    <Card
      title={say('ui.byhand.title')}
      acts={
        mine && (
          <div className={css.acts}>
            <Button icon={<Warehouse size={14} />} keys="w" onClick={() => setOpen('move')}>
              {say('ui.byhand.move')}
            </Button>
            {one && (
              <Button icon={<Split size={14} />} keys="v" onClick={() => setOpen(one)}>
                {say('ui.byhand.split')}
              </Button>
            )}
            {together && (
              <Button icon={<Combine size={14} />} keys="m" onClick={doMerge}>
                {say('ui.byhand.merge')}
              </Button>
            )}
            {parts.length > 0 && (
              <Button
                icon={<RotateCcw size={14} />}
                onClick={() => void redecide(o.id, o.external_no).catch(toastError)}
              >
                {say('ui.byhand.redecide')}
              </Button>
            )}
          </div>
        )
      }
    >
      {parts.length === 0 && <p>{say('ui.byhand.none')}</p>}
      {parts.length > 0 && (
        <Table
          head={[
            { title: say('ui.warehouse') },
            { title: say('ui.order.goods') },
            { title: say('ui.orders.units'), num: true },
            { title: say('ui.allocation.cost'), num: true },
          ]}
          rows={parts.map(f => ({
            key: f.id,
            cells: [
              parts.length > 1 && mine ? (
                <label key="pick" className={css.pick}>
                  <input
                    type="checkbox"
                    checked={chosen.includes(f.id)}
                    onChange={e =>
                      setChosen(was => (e.target.checked ? [...was, f.id] : was.filter(id => id !== f.id)))
                    }
                  />
                  <b>{f.node}</b>
                </label>
              ) : (
                <b key="node">{f.node}</b>
              ),
              <Goods key="goods" of={f} />,
              number(units(f)),
              <span key="cost" style={{ whiteSpace: 'nowrap' }}>
                {money(f.cost, currency)}
              </span>,
            ],
          }))}
        />
      )}
      {open === 'move' && <MoveDialog order={{ id: o.id, no: o.external_no, maySplit: o.may_split }} onClose={close} />}
      {open && open !== 'move' && (
        <SplitDialog order={{ no: o.external_no, maySplit: o.may_split }} part={open} onClose={close} />
      )}
    </Card>
  )
}

const units = (f: Fulfilment) => f.lines.reduce((n, l) => n + l.quantity, 0)

const Goods = ({ of: f }: { of: Fulfilment }) => (
  <span className={css.goods}>
    {f.lines.map(l => (
      <span key={l.seq}>
        <span className="code">{l.sku}</span> × {number(l.quantity)}
      </span>
    ))}
  </span>
)
