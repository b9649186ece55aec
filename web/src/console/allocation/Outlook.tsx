import { ExternalLink, RefreshCw, Warehouse } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { AllocationChoice, AllocationOutlook, OrderSummary } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { name, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Table } from '../../ui/Card.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { Money } from '../../ui/Money.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { MoveDialog } from '../byhand/MoveDialog.tsx'
import css from './Allocation.module.css'

/** What every warehouse could do for one order now, and why it ships nothing. */
export function Outlook({ id, row, onClose }: { id: string; row?: OrderSummary; onClose(): void }) {
  const [, navigate] = useLocation()
  const read = useGet('get-candidates', { path: { id } }, { follows: [id, 'stock'] })
  const again = useAct('allocate-order', {
    done: out => {
      toast(
        say(out.served ? 'ui.allocation.served' : 'ui.allocation.not_served', {
          state: name('order.fulfilment', out.fulfilment),
        }),
      )
      if (out.fulfilment === 'allocated') onClose()
    },
  })
  const decide = () => again.mutate({ path: { id }, body: {} }, { onError: toastError })
  const mine = may('orders:write')
  const [choosing, setChoosing] = useState(false)
  useKeys({ r: decide, w: () => setChoosing(true) }, !mine || choosing, true)
  return (
    <Drawer
      wide
      title={say('ui.allocation.title', { order: row?.external_no ?? id })}
      open
      onClose={onClose}
      acts={
        <>
          <Button icon={<ExternalLink size={14} />} onClick={() => navigate(`/orders/${id}`)}>
            {say('ui.allocation.order')}
          </Button>
          {mine && (
            <Button icon={<Warehouse size={14} />} keys="w" onClick={() => setChoosing(true)}>
              {say('ui.byhand.move')}
            </Button>
          )}
          {mine && (
            <Button
              tone="primary"
              icon={<RefreshCw size={14} />}
              keys="r"
              busy={again.isPending}
              disabled={read.data?.units === 0}
              onClick={decide}
            >
              {say('ui.allocation.again')}
            </Button>
          )}
        </>
      }
    >
      {read.error && !read.data && <ErrorState error={read.error} retry={() => void read.refetch()} />}
      {!read.data && !read.error && <Skeleton rows={6} />}
      {read.data && <Candidates o={read.data} />}
      {choosing && <MoveDialog order={{ id, no: row?.external_no ?? id }} onClose={() => setChoosing(false)} />}
    </Drawer>
  )
}

function Candidates({ o }: { o: AllocationOutlook }) {
  if (o.units === 0) return <p>{say('ui.allocation.decided')}</p>
  const ships = o.candidates.reduce((n, c) => n + c.ships, 0)
  return (
    <div className={css.outlook}>
      <p className={css.big}>
        {say(ships === 0 ? 'ui.allocation.nobody' : ships < o.units ? 'ui.allocation.part' : 'ui.allocation.whole', {
          ships: number(ships),
          units: number(o.units),
        })}
      </p>
      <p className={css.quiet}>
        {o.text} {say('ui.allocation.by', { strategy: say(`ui.allocation.strategy_${o.strategy}`) })}
      </p>
      <h3>{say('ui.allocation.candidates')}</h3>
      <Table
        head={[
          { title: say('ui.warehouse') },
          { title: say('ui.allocation.have'), num: true },
          { title: say('ui.allocation.ships'), num: true },
          { title: say('ui.allocation.distance'), num: true },
          { title: say('ui.allocation.cost'), num: true },
          { title: say('ui.allocation.days'), num: true },
          { title: say('ui.allocation.why') },
        ]}
        rows={o.candidates.map(c => ({ key: c.node, cells: cells(c, o) }))}
      />
      {o.missing.length > 0 && (
        <>
          <h3>{say('ui.allocation.missing')}</h3>
          <Table
            head={[
              { title: say('ui.allocation.sku') },
              { title: say('ui.orders.units'), num: true },
              { title: say('ui.allocation.why') },
            ]}
            rows={o.missing.map(m => ({
              key: `${m.sku} ${m.why}`,
              cells: [
                <span key="sku" className="code">
                  {m.sku}
                </span>,
                m.quantity,
                m.text,
              ],
            }))}
          />
        </>
      )}
    </div>
  )
}

const cells = (c: AllocationChoice, o: AllocationOutlook) => [
  <b key="node">{c.node}</b>,
  `${number(c.have)} / ${number(o.units)}`,
  c.ships > 0 ? <b key="ships">{number(c.ships)}</b> : '—',
  c.metres < 0 ? '—' : say('ui.allocation.km', { km: number(Math.round(c.metres / 1000)) }),
  c.cost ? <Money key="cost" amount={c.cost} currency={o.currency} /> : '—',
  c.cost ? c.days : '—',
  c.ships > 0 ? (
    <span key="why" className={css.chosen}>
      {say('ui.allocation.chosen')}
    </span>
  ) : (
    <span key="why" className={css.why}>
      {c.text}
    </span>
  ),
]
