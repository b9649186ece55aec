import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Form.tsx'
import { type Cutoff, readCutoffs, writeCutoffs } from './node.ts'
import css from './Settings.module.css'

/** When carriers collect: a row for each visit. */
export function Cutoffs({ value, onChange }: { value: string; onChange(v: string): void }) {
  const [rows, setRows] = useState(() => readCutoffs(value))
  const set = (list: Cutoff[]) => {
    setRows(list)
    onChange(writeCutoffs(list))
  }
  const put = (i: number, part: Partial<Cutoff>) => set(rows.map((r, k) => (k === i ? { ...r, ...part } : r)))
  return (
    <Field name="cutoffs" label={say('ui.settings.cutoffs')} hint={say('ui.settings.cutoffs_hint')}>
      {tie => (
        <div className={css.rows}>
          {rows.map((r, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while it is written
            <div key={i} className={css.row}>
              <input
                className={tie.className}
                aria-label={say('ui.settings.carrier')}
                placeholder="SF"
                value={r.carrier}
                onChange={e => put(i, { carrier: e.target.value.trim() })}
              />
              <input
                className={tie.className}
                aria-label={say('ui.settings.time')}
                inputMode="numeric"
                placeholder="16:00"
                value={r.time}
                onChange={e => put(i, { time: e.target.value.trim() })}
              />
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
            onClick={() => setRows([...rows, { carrier: '', time: '' }])}
          >
            {say('ui.settings.add_cutoff')}
          </Button>
        </div>
      )}
    </Field>
  )
}
