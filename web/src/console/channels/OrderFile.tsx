import { useState } from 'react'
import { say } from '../../shared/words.ts'
import { FormRow, TextField } from '../../ui/Form.tsx'
import { FileImport } from '../settings/FileImport.tsx'

/** Orders of a shop without a connector come as a file: tried first, with what is wrong in which row. */
export function OrderFile() {
  const [channel, setChannel] = useState('')
  const [shop, setShop] = useState('')
  const query = { channel: channel.trim(), ...(shop.trim() && { shop: shop.trim() }) }
  return (
    <FileImport kinds={['orders']} query={query} off={!query.channel}>
      <p>{say('ui.channels.order_file')}</p>
      <FormRow>
        <TextField
          name="channel"
          label={say('ui.channels.order_channel')}
          hint={say('ui.channels.order_channel_hint')}
          value={channel}
          onChange={setChannel}
        />
        <TextField name="shop" label={say('ui.channels.order_shop')} value={shop} onChange={setShop} />
      </FormRow>
    </FileImport>
  )
}
