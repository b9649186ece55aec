import { useState } from 'react'
import { Link } from 'wouter'
import type { WaveOrder } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries, useList } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast } from '../../ui/Toast.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import { WhyDialog } from '../order/WhyDialog.tsx'
import { hold, manual } from '../orders/acts.ts'
import css from './WaveLive.module.css'

/** What is in the wave; an order can be stopped, or given to another warehouse. */
export function InWave({ id }: { id: string }) {
  const list = useList('list-wave-orders', {}, p => p.orders, {
    path: { id },
    follows: ['pick', 'fulfilment', 'order'],
    window: 50,
  })
  const [pulled, setPulled] = useState<WaveOrder | null>(null)
  if (list.error && list.rows.length === 0) return <ErrorState error={list.error} retry={list.reload} />
  return (
    <Card title={say('ui.wave.orders')} acts={<ExportButton list="list-wave-orders" query={{ id }} />}>
      {list.loading ? <Skeleton rows={6} /> : <Rows rows={list.rows} onPull={setPulled} />}
      {list.more && (
        <Button tone="quiet" busy={list.loadingMore} onClick={list.loadMore}>
          {say('ui.exceptions.more')}
        </Button>
      )}
      {pulled && (
        <WhyDialog
          title={say('ui.wave.reroute_what', { order: pulled.external_no })}
          act={say('ui.wave.reroute')}
          onClose={() => setPulled(null)}
          onDo={async why => {
            await call('reject-fulfilment', { path: { id: pulled.fulfilment }, body: { reason: why } })
            void queries.invalidateQueries()
            toast(say('ui.wave.rerouted', { order: pulled.external_no }))
          }}
        />
      )}
    </Card>
  )
}

function Rows({ rows, onPull }: { rows: WaveOrder[]; onPull(o: WaveOrder): void }) {
  return (
    <Table
      head={[
        { title: say('ui.orders.no') },
        { title: say('ui.orders.state') },
        { title: say('ui.waves.lines'), num: true },
        { title: say('ui.orders.deadline'), num: true },
        { title: '' },
      ]}
      rows={rows.map(o => ({
        key: o.fulfilment,
        cells: [
          <Link key="no" href={`/orders/${o.order}`} className="code">
            {o.external_no}
          </Link>,
          <span key="s" className={css.states}>
            <StateBadge area="fulfilment.status" value={o.status} />
            {o.holds > 0 && <StateBadge area="order.review" value="held" />}
          </span>,
          `${o.closed} / ${o.lines}`,
          <TimeLeft key="d" until={o.deadline} over={o.status === 'shipped'} />,
          ['allocated', 'released'].includes(o.status) ? <Pull key="p" order={o} onPull={onPull} /> : null,
        ],
      }))}
    />
  )
}

function Pull({ order: o, onPull }: { order: WaveOrder; onPull(o: WaveOrder): void }) {
  const items = [
    ...(may('orders:write') && o.holds === 0
      ? [{ text: say('ui.wave.stop'), act: () => void hold(o.order, o.external_no, { reason: manual }) }]
      : []),
    ...(may('work') ? [{ text: say('ui.wave.reroute'), danger: true, act: () => onPull(o) }] : []),
  ]
  if (items.length === 0) return null
  return (
    <Menu
      align="end"
      trigger={
        <Button tone="quiet" aria-label={say('ui.wave.pull_what', { order: o.external_no })}>
          {say('ui.wave.pull')}
        </Button>
      }
      items={items}
    />
  )
}
