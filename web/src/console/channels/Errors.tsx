import { RefreshCw } from 'lucide-react'
import type { Channel, ChannelMessage } from '../../api/types.gen.ts'
import { call, type Query } from '../../shared/api.ts'
import { queries, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Table } from '../../ui/Card.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import css from './Channels.module.css'

/** What went wrong with a shop: what it did not take, and what it said that could not be read, word for word. */
export function Errors({ shop, onClose }: { shop: Channel; onClose(): void }) {
  const path = { id: shop.id }
  const failed = useGet(
    'list-channel-messages',
    { path, query: { state: 'failed', limit: 50 } as Query<'list-channel-messages'> },
    { follows: ['report'] },
  )
  const unread = useGet('list-channel-unreadable', { path, query: { limit: 20 } }, { enabled: may('admin') })
  const again = async (m: ChannelMessage) => {
    try {
      await call('retry-channel-message', { path: { id: shop.id, message: m.id }, body: {} })
      void queries.invalidateQueries()
      toast(say('ui.channels.told_again'))
    } catch (error) {
      toastError(error)
    }
  }
  const messages = failed.data?.messages ?? []
  const documents = unread.data?.unreadable ?? []
  return (
    <Drawer
      wide
      open
      title={say('ui.channels.errors_of', { shop: [shop.name, shop.shop].filter(Boolean).join(' / ') })}
      onClose={onClose}
    >
      <div className={css.errors}>
        {shop.state.failures > 0 && (
          <p className={css.bad} role="alert">
            {shop.state.text || shop.state.code}
          </p>
        )}
        <div className={css.titled}>
          <h3>{say('ui.channels.not_taken')}</h3>
          {messages.length > 0 && (
            <ExportButton list="list-channel-messages" query={{ id: shop.id, state: 'failed' }} />
          )}
        </div>
        {failed.error && !failed.data && <ErrorState error={failed.error} retry={() => void failed.refetch()} />}
        {!failed.data && !failed.error && <Skeleton rows={3} />}
        {failed.data && messages.length === 0 && <p className={css.quiet}>{say('ui.channels.all_taken')}</p>}
        {messages.length > 0 && (
          <Table
            head={[
              { title: say('ui.channels.at') },
              { title: say('ui.channels.about') },
              { title: say('ui.channels.why') },
              { title: say('ui.channels.acts') },
            ]}
            rows={messages.map(m => ({
              key: m.id,
              cells: [
                <When key="at" at={m.created_at} />,
                [say(`ui.channels.message_${m.kind}`), m.order ?? m.key].join(' '),
                m.text,
                may('orders:write') && (
                  <Button key="again" tone="quiet" icon={<RefreshCw size={14} />} onClick={() => void again(m)}>
                    {say('ui.channels.tell_again')}
                  </Button>
                ),
              ],
            }))}
          />
        )}
        {may('admin') && (
          <>
            <h3>{say('ui.channels.unread')}</h3>
            {unread.data && documents.length === 0 && <p className={css.quiet}>{say('ui.channels.all_read')}</p>}
            {documents.map(d => (
              <details key={d.id}>
                <summary>
                  <When at={d.at} /> {d.message || d.code}
                </summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may be wider than its place: the focus lets the keys scroll it */}
                <pre tabIndex={0}>{d.raw}</pre>
              </details>
            ))}
          </>
        )}
      </div>
    </Drawer>
  )
}
