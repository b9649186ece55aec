import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Mapping } from '../../api/types.gen.ts'
import { call, type Query } from '../../shared/api.ts'
import { queries, useList } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { ChannelPick, useChannel } from './ChannelPick.tsx'
import css from './Channels.module.css'
import { MapDialog } from './MapDialog.tsx'

/** What a channel calls our goods where its codes are not ours. */
export function Mappings() {
  const [channel, channels, go] = useChannel()
  const [edited, setEdited] = useState<Mapping | 'new' | null>(null)
  const list = useList('list-mappings', { channel } as Query<'list-mappings'>, p => p.mappings, {
    follows: ['intake'],
    enabled: channel !== '',
  })
  const remove = async (m: Mapping) => {
    try {
      await call('remove-mapping', { body: { channel: m.channel, code: m.code } })
      void queries.invalidateQueries()
      toast(say('ui.channels.unmapped', { code: m.code }), async () => {
        await call('save-mapping', { body: { channel: m.channel, code: m.code, sku: m.sku, owner: m.owner } })
        void queries.invalidateQueries()
      })
    } catch (error) {
      toastError(error)
    }
  }
  if (!channel) return <EmptyState title={say('ui.channels.none')} text={say('ui.channels.none_text')} />
  const write = may('orders:write')
  return (
    <>
      <div className={css.head}>
        <ChannelPick at={channel} list={channels} onGo={go} />
        {write && (
          <Button icon={<Plus size={14} />} onClick={() => setEdited('new')}>
            {say('ui.channels.add_mapping')}
          </Button>
        )}
      </div>
      <DataGrid
        name="mappings"
        label={say('ui.channels.tab_mappings')}
        columns={columns(write, m => void remove(m))}
        list={list}
        exports={{ list: 'list-mappings', query: { channel } }}
        keyOf={m => m.code}
        onOpen={m => write && setEdited(m)}
        empty={<EmptyState title={say('ui.channels.no_mappings')} text={say('ui.channels.no_mappings_text')} />}
      />
      {edited && (
        <MapDialog channel={channel} was={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}

const columns = (write: boolean, remove: (m: Mapping) => void): Column<Mapping>[] => [
  { key: 'code', title: say('ui.channels.code'), width: '220px', cell: m => <b className="code">{m.code}</b> },
  { key: 'sku', title: say('ui.channels.sku'), width: '180px', cell: m => <span className="code">{m.sku}</span> },
  { key: 'title', title: say('ui.channels.goods'), width: 'minmax(200px, 1fr)', cell: m => m.title },
  { key: 'actor', title: say('ui.channels.actor'), width: '160px', cell: m => m.actor },
  { key: 'at', title: say('ui.channels.at'), width: '150px', cell: m => m.at && <When at={m.at} /> },
  {
    key: 'acts',
    title: say('ui.channels.acts'),
    width: '120px',
    cell: m =>
      write && (
        <Button
          tone="quiet"
          tabIndex={-1}
          onClick={e => {
            e.stopPropagation()
            remove(m)
          }}
        >
          {say('ui.channels.remove')}
        </Button>
      ),
  },
]
