import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Buffer } from '../../api/types.gen.ts'
import { call, type Query } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { queries, useAct, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { Form, FormRow, TextField } from '../../ui/Form.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { ChannelPick, useChannel } from './ChannelPick.tsx'
import css from './Channels.module.css'
import { SkuField, skuKey, skuOf } from './SkuField.tsx'

/** What a channel may not see of the stock, so that it does not sell the last pieces twice. */
export function Buffers() {
  const [channel, channels, go] = useChannel()
  const [edited, setEdited] = useState<Buffer | 'new' | null>(null)
  const query = { channel, limit: 200 } as Query<'list-buffers'>
  const read = useGet('list-buffers', { query }, { follows: ['stock'], enabled: channel !== '' })
  if (!channel) return <EmptyState title={say('ui.channels.none')} text={say('ui.channels.none_text')} />
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={4} />
  const write = may('stock:write')
  const remove = async (b: Buffer) => {
    try {
      await call('remove-buffer', { body: { channel, sku: b.sku, owner: b.owner } })
      void queries.invalidateQueries()
      toast(say('ui.channels.buffer_removed'), async () => {
        await call('save-buffer', { body: b })
        void queries.invalidateQueries()
      })
    } catch (error) {
      toastError(error)
    }
  }
  const general = read.data.buffers.find(b => !b.sku)
  const rows = [general ?? { channel, quantity: 0, percent: 0 }, ...read.data.buffers.filter(b => b.sku)]
  return (
    <>
      <div className={css.head}>
        <ChannelPick at={channel} list={channels} onGo={go} />
        {write && (
          <Button icon={<Plus size={14} />} onClick={() => setEdited('new')}>
            {say('ui.channels.add_buffer')}
          </Button>
        )}
      </div>
      <div className={css.one}>
        <Card
          title={say('ui.channels.tab_buffers')}
          acts={read.data.buffers.length > 0 && <ExportButton list="list-buffers" query={{ channel }} />}
        >
          <p className={css.quiet}>{say('ui.channels.buffer_text')}</p>
          <Table
            head={[
              { title: say('ui.channels.sku') },
              { title: say('ui.channels.hidden_units'), num: true },
              { title: say('ui.channels.hidden_percent'), num: true },
              { title: say('ui.channels.acts') },
            ]}
            rows={rows.map(b => ({
              key: b.sku ?? '',
              cells: [
                b.sku ? (
                  <span key="sku" className="code">
                    {b.sku}
                  </span>
                ) : (
                  <b key="sku">{say('ui.channels.every_sku')}</b>
                ),
                number(b.quantity),
                `${b.percent} %`,
                write && (
                  <span key="acts" className={css.acts}>
                    <Button tone="quiet" onClick={() => setEdited(b)}>
                      {say('ui.channels.edit')}
                    </Button>
                    {b.sku && (
                      <Button tone="quiet" onClick={() => void remove(b)}>
                        {say('ui.channels.remove')}
                      </Button>
                    )}
                  </span>
                ),
              ],
            }))}
          />
        </Card>
      </div>
      {edited && (
        <BufferDialog channel={channel} was={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}

function BufferDialog({ channel, was, onClose }: { channel: string; was?: Buffer; onClose(): void }) {
  const [key, setKey] = useState(was?.sku ? skuKey(was.sku, was.owner) : '')
  const [quantity, setQuantity] = useState(String(was?.quantity ?? 0))
  const [percent, setPercent] = useState(String(was?.percent ?? 0))
  const save = useAct('save-buffer', {
    done: () => {
      toast(
        say('ui.channels.buffer_saved'),
        was &&
          (async () => {
            await call('save-buffer', { body: { ...was, channel } })
            void queries.invalidateQueries()
          }),
      )
      onClose()
    },
  })
  const send = () =>
    save.mutate({
      body: { channel, ...(key && skuOf(key)), quantity: Number(quantity) || 0, percent: Number(percent) || 0 },
    })
  return (
    <Dialog
      open
      title={say('ui.channels.buffer_what', { channel })}
      onClose={onClose}
      acts={
        <Button
          tone="primary"
          form="buffer"
          type="submit"
          keys="mod+Enter"
          busy={save.isPending}
          disabled={!was && !key}
        >
          {say('ui.save')}
        </Button>
      }
    >
      <Form id="buffer" error={save.error} onSubmit={send}>
        {!was && <SkuField value={key} onChange={setKey} focus />}
        {was && <p className={was.sku && 'code'}>{was.sku || say('ui.channels.every_sku')}</p>}
        <FormRow>
          <TextField
            name="quantity"
            type="number"
            label={say('ui.channels.hidden_units')}
            value={quantity}
            onChange={setQuantity}
            focus={!!was}
          />
          <TextField
            name="percent"
            type="number"
            label={say('ui.channels.hidden_percent')}
            hint={say('ui.channels.whichever')}
            value={percent}
            onChange={setPercent}
          />
        </FormRow>
      </Form>
    </Dialog>
  )
}
