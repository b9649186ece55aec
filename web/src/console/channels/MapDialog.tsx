import { useState } from 'react'
import type { Mapping, Stranger } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { queries, useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, TextField } from '../../ui/Form.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { SkuField, skuKey, skuOf } from './SkuField.tsx'

interface Props {
  channel: string
  stranger?: Stranger
  was?: Mapping
  onClose(): void
}

/** Which of our SKUs a channel means. Orders that waited for it go on by themselves. */
export function MapDialog({ channel, stranger, was, onClose }: Props) {
  const [code, setCode] = useState(stranger?.code ?? was?.code ?? '')
  const [key, setKey] = useState(was ? skuKey(was.sku, was.owner) : '')
  const save = useAct('save-mapping', {
    done: out => {
      const back = async () => {
        try {
          if (was) await call('save-mapping', { body: { channel, code, sku: was.sku, owner: was.owner } })
          else await call('remove-mapping', { body: { channel, code } })
          void queries.invalidateQueries()
        } catch (error) {
          toastError(error)
        }
      }
      // Orders that were let go with it stay let go: only the rule is taken back.
      toast(say('ui.channels.mapped', { code: out.code, sku: out.sku }), stranger ? undefined : () => void back())
      onClose()
    },
  })
  return (
    <Dialog
      open
      title={say('ui.channels.map_what', { channel })}
      onClose={onClose}
      acts={
        <Button
          tone="primary"
          form="map"
          type="submit"
          keys="mod+Enter"
          busy={save.isPending}
          disabled={!key || !code.trim()}
        >
          {say('ui.save')}
        </Button>
      }
    >
      <Form
        id="map"
        error={save.error}
        onSubmit={() => key && save.mutate({ body: { channel, code: code.trim(), ...skuOf(key) } })}
      >
        {stranger ? (
          <p>
            <b className="code">{stranger.code}</b> {stranger.title}
            <br />
            {say('ui.channels.waits_for', { orders: number(stranger.orders) })}
          </p>
        ) : (
          !was && <TextField name="code" label={say('ui.channels.code')} value={code} onChange={setCode} must focus />
        )}
        {was && <p className="code">{was.code}</p>}
        <SkuField value={key} onChange={setKey} focus={!!stranger || !!was} />
      </Form>
    </Dialog>
  )
}
