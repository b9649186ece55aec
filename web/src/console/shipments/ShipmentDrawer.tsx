import { HandHelping, PackagePlus, RotateCw, ShoppingBag } from 'lucide-react'
import { useState } from 'react'
import { call } from '../../shared/api.ts'
import { clock, dayName } from '../../shared/format.ts'
import { queries, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { name, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Facts } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { Money } from '../../ui/Money.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { CaseDialog } from '../aftersales/CaseDialog.tsx'
import { type Row, trouble, Where } from './columns.tsx'
import css from './Shipments.module.css'

interface Props {
  id: string
  row: Row | undefined
  onClose(): void
  onOrder(id: string): void
}

/** One parcel: what is wrong, its way scan by scan, and what may be done about it. */
export function ShipmentDrawer({ id, row, onClose, onOrder }: Props) {
  const { data: s, error, refetch } = useGet('get-shipment', { path: { id } }, { follows: [id] })
  const [asking, setAsking] = useState<'reship' | 'refund' | null>(null)
  const title = s?.waybill ?? row?.waybill ?? say('ui.shipments.no_waybill')
  const label = () =>
    void call('label', { path: { id: s?.fulfilment ?? '' }, body: {} }).then(() => {
      toast(say('ui.shipments.asked'))
      void queries.invalidateQueries()
      onClose()
    }, toastError)
  const write = may('orders:write')
  return (
    <Drawer
      title={title}
      open
      onClose={onClose}
      acts={
        s?.order && (
          <>
            <Button icon={<ShoppingBag size={14} />} onClick={() => onOrder(s.order ?? '')}>
              {say('ui.shipments.to_order')}
            </Button>
            {s.status === 'failed' && may('ship') && (
              <Button tone="primary" icon={<RotateCw size={14} />} onClick={label}>
                {say('ui.shipments.ask_again')}
              </Button>
            )}
            {s.status === 'handed_over' && write && (
              <>
                <Button icon={<HandHelping size={14} />} onClick={() => setAsking('refund')}>
                  {say('ui.shipments.refund')}
                </Button>
                <Button tone="primary" icon={<PackagePlus size={14} />} onClick={() => setAsking('reship')}>
                  {say('ui.shipments.reship')}
                </Button>
              </>
            )}
          </>
        )
      }
    >
      {error && !s ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : !s || s.id !== id ? (
        <Skeleton rows={10} />
      ) : (
        <div className={css.drawer}>
          {row && trouble(row) && <p className={css.why}>{trouble(row)}</p>}
          <Facts
            list={[
              [say('ui.shipments.where'), <Where key="w" s={s} />],
              [say('ui.shipments.waybill'), s.waybill && <Copyable key="n" text={s.waybill} />],
              [say('ui.shipments.carrier'), [s.carrier, s.service].filter(Boolean).join(' ')],
              [say('ui.shipments.freight'), <Money key="m" amount={s.cost} currency={s.currency} />],
              [say('ui.shipments.to'), row && [row.recipient, row.city].filter(Boolean).join(' ')],
              [say('ui.shipments.left'), s.handed_over_at && <When key="l" at={s.handed_over_at} as="clock" />],
              [say('ui.shipments.promised'), s.promised_by && <When key="p" at={s.promised_by} as="clock" />],
              [say('ui.shipments.late_now'), lateWords(s.late)],
            ]}
          />
          <section>
            <h3 className={css.heading}>{say('ui.shipments.way')}</h3>
            {s.scans.length === 0 && <p className={css.quiet}>{say('ui.shipments.no_scans')}</p>}
            <ol className={css.scans}>
              {s.scans
                .slice()
                .reverse()
                .map(x => (
                  <li key={x.at + x.code}>
                    <time dateTime={x.at}>
                      {dayName(x.at)} {clock(x.at)}
                    </time>
                    <span>
                      {name('track.status', x.status)} {x.place && <span className={css.quiet}>{x.place}</span>}
                      {x.text && <div className={css.quiet}>{x.text}</div>}
                    </span>
                  </li>
                ))}
            </ol>
          </section>
        </div>
      )}
      {asking && s?.order && (
        <CaseDialog
          order={s.order}
          kind={asking}
          reason={s.late?.includes('lost') ? 'lost' : 'late'}
          onClose={() => setAsking(null)}
        />
      )}
    </Drawer>
  )
}

const lateWords = (late: string | undefined) =>
  (late ?? '')
    .split(' ')
    .filter(Boolean)
    .map(c => say(`ui.shipments.late.${c.replace('track.late.', '')}`))
    .join(' · ')
