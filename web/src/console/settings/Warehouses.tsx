import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import css from './Settings.module.css'

/** The warehouses as they were brought in, and how their printers are. */
export function Warehouses() {
  const nodes = useGet('list-nodes', {}, { follows: ['warehouse'] })
  const printers = useGet('list-printers', {}, { follows: ['print'] })
  if (nodes.error && !nodes.data) return <ErrorState error={nodes.error} retry={() => void nodes.refetch()} />
  if (!nodes.data) return <Skeleton rows={6} />
  return (
    <div className={css.panel}>
      <Card title={say('ui.settings.warehouses')}>
        {nodes.data.nodes.length === 0 ? (
          <EmptyState title={say('ui.settings.no_warehouses')} text={say('ui.settings.no_warehouses_text')} />
        ) : (
          <Table
            head={[
              { title: say('ui.settings.code') },
              { title: say('ui.settings.name') },
              { title: say('ui.settings.place') },
              { title: say('ui.settings.zone') },
              { title: say('ui.settings.cutoffs') },
              { title: say('ui.settings.capacity'), num: true },
              { title: say('ui.settings.state') },
            ]}
            rows={nodes.data.nodes.map(n => ({
              key: n.code,
              cells: [
                <b key="code">{n.code}</b>,
                n.name,
                [n.province, n.city, n.district].filter(Boolean).join(' '),
                n.timezone,
                n.cutoffs.replaceAll(';', ' · ').replaceAll('=', ' '),
                n.capacity_orders_day || say('ui.settings.no_limit'),
                <StateBadge
                  key="open"
                  area=""
                  value={n.open ? 'open' : 'closed'}
                  tone={n.open ? 'neutral' : 'cancelled'}
                  text={say(n.open ? 'ui.settings.open' : 'ui.settings.closed')}
                />,
              ],
            }))}
          />
        )}
      </Card>
      <Card title={say('ui.settings.printers')}>
        {printers.data?.printers.length ? (
          <Table
            head={[
              { title: say('ui.settings.name') },
              { title: say('ui.warehouse') },
              { title: say('ui.settings.state') },
            ]}
            rows={printers.data.printers.map(p => ({
              key: p.id ?? p.name,
              cells: [p.name, p.node, say(p.enabled ? 'ui.settings.on' : 'ui.settings.off')],
            }))}
          />
        ) : (
          <p className={css.quiet}>{say('ui.settings.no_printers')}</p>
        )}
      </Card>
    </div>
  )
}
