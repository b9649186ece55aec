import { Pencil, Plus, Route } from 'lucide-react'
import { useState } from 'react'
import type { Node } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { queries, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { Deciding } from './Deciding.tsx'
import { FileImport } from './FileImport.tsx'
import { NodeDialog } from './NodeDialog.tsx'
import css from './Settings.module.css'

/** Where goods are, when carriers come, and how much a day holds. */
export function Warehouses() {
  const nodes = useGet('list-nodes', {}, { follows: ['warehouse'] })
  const [edited, setEdited] = useState<Node | 'new' | null>(null)
  const [url, to] = useUrlState()
  if (nodes.error && !nodes.data) return <ErrorState error={nodes.error} retry={() => void nodes.refetch()} />
  if (!nodes.data) return <Skeleton rows={6} />
  const admin = may('admin')
  const shown = nodes.data.nodes.find(n => n.code === url.deciding)
  const turn = async (n: Node, open: boolean) => {
    try {
      await call('save-node', { path: { node: n.code }, body: { open } })
      void queries.invalidateQueries()
      toast(say(open ? 'ui.settings.opened' : 'ui.settings.shut', { code: n.code }), () => void turn(n, !open))
    } catch (error) {
      toastError(error)
    }
  }
  const acts = (
    <>
      {nodes.data.nodes.length > 0 && <ExportButton list="list-nodes" />}
      {admin && (
        <Button tone="primary" icon={<Plus size={14} />} onClick={() => setEdited('new')}>
          {say('ui.settings.add_warehouse')}
        </Button>
      )}
    </>
  )
  return (
    <div className={css.panel}>
      <Card title={say('ui.settings.warehouses')} acts={acts}>
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
              { title: say('ui.settings.acts') },
            ]}
            rows={nodes.data.nodes.map(n => ({
              key: n.code,
              cells: [
                <b key="code">{n.code}</b>,
                n.name,
                [n.province, n.city, n.district].filter(Boolean).join(' '),
                n.timezone,
                <span key="cutoffs" className={css.chips}>
                  {n.cutoffs.split(';').map(c => c && <span key={c}>{c.replace('=', ' ')}</span>)}
                </span>,
                n.capacity_orders_day ? number(n.capacity_orders_day) : say('ui.settings.no_limit'),
                <StateBadge
                  key="open"
                  area=""
                  value={n.open ? 'open' : 'closed'}
                  tone={n.open ? 'neutral' : 'cancelled'}
                  text={say(n.open ? 'ui.settings.open' : 'ui.settings.closed')}
                />,
                <span key="acts" className={css.acts}>
                  {may('orders:read') && (
                    <Button tone="quiet" icon={<Route size={14} />} onClick={() => to({ deciding: n.code })}>
                      {say('ui.deciding.open')}
                    </Button>
                  )}
                  {admin && (
                    <>
                      <Button tone="quiet" icon={<Pencil size={14} />} onClick={() => setEdited(n)}>
                        {say('ui.settings.edit')}
                      </Button>
                      <Button tone="quiet" onClick={() => void turn(n, !n.open)}>
                        {say(n.open ? 'ui.settings.shut_it' : 'ui.settings.open_it')}
                      </Button>
                    </>
                  )}
                </span>,
              ],
            }))}
          />
        )}
      </Card>
      {admin && may('stock:write') && <FileImport kinds={['warehouses', 'locations', 'catalog', 'bundles', 'stock']} />}
      {shown && <Deciding node={shown} onClose={() => to({ deciding: undefined })} />}
      {edited && <NodeDialog node={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />}
    </div>
  )
}
