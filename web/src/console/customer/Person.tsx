import { Eye, PackagePlus, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Notification, PersonFile, Revealed } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { capital, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Facts, Table } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { Money } from '../../ui/Money.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { CaseDialog } from '../aftersales/CaseDialog.tsx'
import { CaseState } from '../aftersales/columns.tsx'
import { Where } from '../shipments/columns.tsx'
import css from './Customer.module.css'
import { RevealDialog } from './RevealDialog.tsx'

/** Everything of the person who placed an order: orders, parcels, cases, and what was said to them. */
export function Person({ order }: { order: string }) {
  const { data, error, refetch } = useGet(
    'get-person',
    { path: { id: order } },
    { follows: ['order', 'ship', 'track', 'aftersales', 'notify'] },
  )
  const [asking, setAsking] = useState('')
  const [seen, setSeen] = useState<Revealed | null>(null)
  const [revealing, setRevealing] = useState(false)
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data?.orders.some(o => o.id === order)) return <Skeleton rows={10} />
  const to = seen?.id === order ? seen.recipient : data.recipient
  return (
    <div className={css.person}>
      <Card
        title={say('ui.customer.person')}
        acts={
          may('pii') &&
          seen?.id !== order && (
            <Button icon={<Eye size={14} />} onClick={() => setRevealing(true)}>
              {say('ui.customer.reveal')}
            </Button>
          )
        }
      >
        <Facts
          list={[
            [say('ui.customer.name'), to.name],
            [
              say('ui.customer.phone'),
              seen?.id === order && to.phone ? <Copyable key="p" text={to.phone} /> : to.phone,
            ],
            [say('ui.customer.address'), [to.province, to.city, to.district, to.address].filter(Boolean).join(' ')],
          ]}
        />
      </Card>
      <Orders p={data} at={order} onAsk={setAsking} />
      <Parcels p={data} />
      <Cases p={data} />
      <Messages list={data.notifications} />
      {revealing && (
        <RevealDialog
          order={order}
          onClose={() => setRevealing(false)}
          onSeen={r => {
            setSeen(r)
            setRevealing(false)
          }}
        />
      )}
      {asking && <CaseDialog order={asking} onClose={() => setAsking('')} />}
    </div>
  )
}

function Orders({ p, at, onAsk }: { p: PersonFile; at: string; onAsk(order: string): void }) {
  const write = may('orders:write')
  const remind = (id: string) =>
    void call('remind-order', { path: { id }, body: {} }).then(() => {
      toast(say('ui.customer.reminded'))
      void queries.invalidateQueries()
    }, toastError)
  return (
    <Card
      title={say('ui.customer.orders')}
      acts={p.more && <span className={css.quiet}>{say('ui.customer.older')}</span>}
    >
      <Table
        head={[
          { title: say('ui.customer.order') },
          { title: say('ui.customer.state') },
          { title: say('ui.customer.goods') },
          { title: say('ui.customer.total'), num: true },
          { title: say('ui.customer.placed') },
          { title: say('ui.customer.acts') },
        ]}
        rows={p.orders.map(o => ({
          key: o.id,
          cells: [
            <Link key="o" href={`/orders/${o.id}`} className={`code ${o.id === at ? css.at : ''}`}>
              {o.external_no}
            </Link>,
            <StateBadge key="s" area="order.label" value={o.label.replace('order.label.', '')} />,
            <span key="g" className={css.goods}>
              {o.goods}
              {o.units > 1 && ` × ${o.units}`}
            </span>,
            <Money key="m" amount={o.total} currency={o.currency} />,
            <When key="p" at={o.placed_at} as="clock" />,
            write && (
              <span key="a" className={css.acts}>
                {o.delivery === 'none' && !['shipped', 'cancelled'].includes(o.fulfilment) && (
                  <Button tone="quiet" icon={<RotateCw size={14} />} onClick={() => remind(o.id)}>
                    {say('ui.customer.remind')}
                  </Button>
                )}
                {o.delivery !== 'none' && (
                  <Button tone="quiet" icon={<PackagePlus size={14} />} onClick={() => onAsk(o.id)}>
                    {say('ui.customer.ask')}
                  </Button>
                )}
              </span>
            ),
          ],
        }))}
      />
    </Card>
  )
}

function Parcels({ p }: { p: PersonFile }) {
  return (
    <Card title={say('ui.customer.parcels')}>
      {p.shipments.length === 0 ? (
        <p className={css.quiet}>{say('ui.customer.no_parcels')}</p>
      ) : (
        <Table
          head={[
            { title: say('ui.customer.waybill') },
            { title: say('ui.customer.where') },
            { title: say('ui.customer.carrier') },
            { title: say('ui.customer.promised') },
            { title: say('ui.customer.last') },
          ]}
          rows={p.shipments.map(s => ({
            key: s.id,
            cells: [
              <Copyable key="w" text={s.waybill ?? ''} />,
              <Where key="t" s={s} />,
              s.carrier,
              <When key="p" at={s.promised_by} as="clock" />,
              <When key="l" at={s.last_scan_at ?? s.handed_over_at} />,
            ],
          }))}
        />
      )}
    </Card>
  )
}

function Cases({ p }: { p: PersonFile }) {
  return (
    <Card title={say('ui.customer.cases')}>
      {p.cases.length === 0 ? (
        <p className={css.quiet}>{say('ui.customer.no_cases')}</p>
      ) : (
        <Table
          head={[
            { title: say('ui.customer.case') },
            { title: say('ui.customer.state') },
            { title: say('ui.customer.kind') },
            { title: say('ui.customer.why') },
            { title: say('ui.customer.placed') },
          ]}
          rows={p.cases.map(c => ({
            key: c.id,
            cells: [
              <Link key="c" href={`/returns/${c.id}`} className="code">
                {c.id}
              </Link>,
              <CaseState key="s" value={c.status} />,
              capital(say(`aftersales.kind.${c.kind}`)),
              capital(say(`aftersales.reason.${c.reason}`)),
              <When key="o" at={c.opened_at} as="clock" />,
            ],
          }))}
        />
      )}
    </Card>
  )
}

/** What the person was told, with one more send of each. */
function Messages({ list }: { list: Notification[] }) {
  const again = (m: Notification) =>
    void call('resend-notification', { path: { id: m.id }, body: {} }).then(() => {
      toast(say('ui.customer.sent_again'))
      void queries.invalidateQueries()
    }, toastError)
  return (
    <Card title={say('ui.customer.messages')}>
      {list.length === 0 ? (
        <p className={css.quiet}>{say('ui.customer.no_messages')}</p>
      ) : (
        <Table
          head={[
            { title: say('ui.customer.notice') },
            { title: say('ui.customer.channel') },
            { title: say('ui.customer.state') },
            { title: say('ui.customer.sent') },
            { title: say('ui.customer.acts') },
          ]}
          rows={list.map(m => ({
            key: m.id,
            cells: [
              say(`ui.customer.notice.${m.notice}`),
              `${say(`ui.customer.channel.${m.channel}`)} ${m.recipient ?? ''}`,
              <span key="s">
                {say(`ui.customer.message.${m.state}`)} {m.text && <span className={css.quiet}>{m.text}</span>}
              </span>,
              <When key="t" at={m.sent_at ?? m.created_at} as="clock" />,
              may('orders:write') && m.state !== 'queued' && (
                <Button key="a" tone="quiet" onClick={() => again(m)}>
                  {say('ui.customer.send_again')}
                </Button>
              ),
            ],
          }))}
        />
      )}
    </Card>
  )
}
