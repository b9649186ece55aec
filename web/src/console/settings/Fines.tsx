import { useState } from 'react'
import type { ChannelFine } from '../../api/types.gen.ts'
import { say } from '../../shared/words.ts'
import { Rows } from '../../ui/Rows.tsx'

type Fined = Record<string, ChannelFine>
type Row = ChannelFine & { channel: string }

/** What each channel takes for a late order: a row for each; * is every other. */
export function Fines({ value, onChange }: { value: Fined; onChange(v: Fined): void }) {
  const [rows, setRows] = useState<Row[]>(() => Object.entries(value).map(([channel, f]) => ({ channel, ...f })))
  return (
    <Rows
      name="fines"
      label={say('ui.settings.fines')}
      hint={say('ui.settings.fines_hint')}
      rows={rows}
      onChange={list => {
        setRows(list)
        onChange(fined(list))
      }}
      fields={[
        { key: 'channel', label: say('ui.settings.fine_channel') },
        { key: 'ship_by', label: say('ui.settings.fine_ship_by'), mode: 'decimal' },
        { key: 'collect_by', label: say('ui.settings.fine_collect_by'), mode: 'decimal' },
      ]}
      blank={{ channel: '', ship_by: '', collect_by: '' }}
      add={say('ui.settings.add_fine')}
    />
  )
}

/** As the API takes it: a row without a channel is not there yet, and what is empty costs nothing. */
const fined = (rows: Row[]): Fined =>
  Object.fromEntries(
    rows
      .filter(r => r.channel.trim())
      .map(r => [r.channel.trim(), { ship_by: r.ship_by.trim() || '0', collect_by: r.collect_by.trim() || '0' }]),
  )
