import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { ChannelFine } from '../../api/types.gen.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Form.tsx'
import css from './Settings.module.css'

type Row = ChannelFine & { channel: string }

/** What each channel takes for a late order: a row for each; * is every other. */
export function Fines({
  value,
  onChange,
}: {
  value: Record<string, ChannelFine>
  onChange(v: Record<string, ChannelFine>): void
}) {
  const [rows, setRows] = useState<Row[]>(() => Object.entries(value).map(([channel, f]) => ({ channel, ...f })))
  const set = (list: Row[]) => {
    setRows(list)
    onChange(
      Object.fromEntries(
        list
          .filter(r => r.channel)
          .map(({ channel, ship_by, collect_by }) => [
            channel,
            { ship_by: ship_by || '0', collect_by: collect_by || '0' },
          ]),
      ),
    )
  }
  const put = (i: number, part: Partial<Row>) => set(rows.map((r, k) => (k === i ? { ...r, ...part } : r)))
  const cell = (i: number, r: Row, key: keyof Row, className: string) => (
    <input
      className={className}
      aria-label={say(`ui.settings.fine_${key}`)}
      placeholder={say(`ui.settings.fine_${key}`)}
      inputMode={key === 'channel' ? undefined : 'decimal'}
      value={r[key]}
      onChange={e => put(i, { [key]: e.target.value.trim() })}
    />
  )
  return (
    <Field name="fines" label={say('ui.settings.fines')} hint={say('ui.settings.fines_hint')}>
      {tie => (
        <div className={css.rows}>
          {rows.map((r, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while it is written
            <div key={i} className={css.row}>
              {cell(i, r, 'channel', tie.className)}
              {cell(i, r, 'ship_by', tie.className)}
              {cell(i, r, 'collect_by', tie.className)}
              <Button
                tone="quiet"
                icon={<X size={14} />}
                aria-label={say('ui.settings.take_out')}
                onClick={() => set(rows.filter((_, k) => k !== i))}
              />
            </div>
          ))}
          <Button
            id={tie.id}
            tone="quiet"
            icon={<Plus size={14} />}
            onClick={() => setRows([...rows, { channel: '', ship_by: '', collect_by: '' }])}
          >
            {say('ui.settings.add_fine')}
          </Button>
        </div>
      )}
    </Field>
  )
}
