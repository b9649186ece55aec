import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { Stranger } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import css from './Channels.module.css'
import { MapDialog } from './MapDialog.tsx'

/** Codes that orders wait for because nobody knows which SKU they are. */
export function Strangers() {
  const read = useGet('list-strangers', {}, { follows: ['order', 'review', 'intake'] })
  const [chosen, setChosen] = useState<Stranger | null>(null)
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={8} />
  const list = read.data.strangers
  if (list.length === 0) {
    return <EmptyState title={say('ui.channels.no_strangers')} text={say('ui.channels.no_strangers_text')} />
  }
  return (
    <div className={css.one}>
      <Card title={say('ui.channels.tab_strangers')} acts={<ExportButton list="list-strangers" />}>
        <Table
          head={[
            { title: say('ui.channels.channel') },
            { title: say('ui.channels.code') },
            { title: say('ui.channels.goods') },
            { title: say('ui.channels.orders'), num: true },
            { title: say('ui.orders.units'), num: true },
            { title: say('ui.channels.acts') },
          ]}
          rows={list.map(s => ({
            key: `${s.channel} ${s.code}`,
            cells: [
              s.channel,
              <b key="code" className="code">
                {s.code}
              </b>,
              s.title,
              <Link key="orders" href={`/orders/${s.oldest}`} title={say('ui.channels.oldest')}>
                {number(s.orders)}
              </Link>,
              number(s.units),
              may('orders:write') && (
                <Button key="map" tone="quiet" icon={<Link2 size={14} />} onClick={() => setChosen(s)}>
                  {say('ui.channels.map')}
                </Button>
              ),
            ],
          }))}
        />
      </Card>
      {chosen && <MapDialog channel={chosen.channel} stranger={chosen} onClose={() => setChosen(null)} />}
    </div>
  )
}
