import { EyeOff, Package, Pause, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { SameRecipient } from '../../api/types.gen.ts'
import { money, number, weight } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Table } from '../../ui/Card.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { Money } from '../../ui/Money.tsx'
import { toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { WhyDialog } from '../order/WhyDialog.tsx'
import { holdAll, putTogether, setApart } from './acts.ts'
import css from './Merge.module.css'

/** The orders of one recipient, side by side, and what a reviewer decides about them. */
export function Group({ group: g, currency, onClose }: { group: SameRecipient; currency: string; onClose(): void }) {
  const [holding, setHolding] = useState(false)
  const mine = may('orders:write')
  const decide = () => void setApart(g, !g.apart).then(onClose, toastError)
  const one = () => void putTogether([g]).then(refused => refused.length === 0 && onClose(), toastError)
  useKeys({ p: one, i: decide, h: () => setHolding(true) }, !mine || holding, true)
  return (
    <Drawer
      wide
      title={say('ui.merge.group', { n: g.orders.length, recipient: g.recipient, node: g.node })}
      open
      onClose={onClose}
      acts={
        mine && (
          <>
            <Button icon={g.apart ? <Undo2 size={14} /> : <EyeOff size={14} />} keys="i" onClick={decide}>
              {say(g.apart ? 'ui.merge.offer' : 'ui.merge.ignore')}
            </Button>
            <Button icon={<Pause size={14} />} keys="h" onClick={() => setHolding(true)}>
              {say('ui.merge.hold')}
            </Button>
            <Button tone="primary" icon={<Package size={14} />} keys="p" onClick={one}>
              {say('ui.merge.together')}
            </Button>
          </>
        )
      }
    >
      <div className={css.group}>
        <p className={css.big}>
          {say('ui.merge.sum', { cost: money(g.cost, currency), saves: money(g.saves, currency) })}
        </p>
        <Table
          head={[
            { title: say('ui.orders.no') },
            { title: say('ui.orders.channel') },
            { title: say('ui.orders.units'), num: true },
            { title: say('ui.merge.weight'), num: true },
            { title: say('ui.merge.freight'), num: true },
            { title: say('ui.merge.ship_by') },
            { title: say('ui.orders.state') },
          ]}
          rows={g.orders.map(o => ({
            key: o.fulfilment,
            cells: [
              <Link key="no" href={`/orders/${o.order}`} className="code">
                {o.external_no}
              </Link>,
              [o.channel, o.shop].filter(Boolean).join(' / '),
              number(o.units),
              weight(o.weight_g),
              <Money key="cost" amount={o.cost} currency={currency} />,
              <When key="by" at={o.ship_by} as="clock" />,
              o.holds > 0 ? say('ui.merge.is_held') : o.together ? say('ui.merge.is_together') : '',
            ],
          }))}
        />
      </div>
      {holding && (
        <WhyDialog
          title={say('ui.merge.hold_what', { n: new Set(g.orders.map(o => o.order)).size })}
          act={say('ui.merge.hold')}
          onClose={() => setHolding(false)}
          onDo={async why => {
            await holdAll(g, why)
            onClose()
          }}
        />
      )}
    </Drawer>
  )
}
