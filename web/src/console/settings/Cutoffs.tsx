import { useState } from 'react'
import { say } from '../../shared/words.ts'
import { Rows } from '../../ui/Rows.tsx'
import { readCutoffs, writeCutoffs } from './node.ts'

/** When carriers collect: a row for each visit. */
export function Cutoffs({ value, onChange }: { value: string; onChange(v: string): void }) {
  const [rows, setRows] = useState(() => readCutoffs(value))
  return (
    <Rows
      name="cutoffs"
      label={say('ui.settings.cutoffs')}
      hint={say('ui.settings.cutoffs_hint')}
      rows={rows}
      onChange={list => {
        setRows(list)
        onChange(writeCutoffs(list))
      }}
      fields={[
        { key: 'carrier', label: say('ui.settings.carrier'), placeholder: 'SF' },
        { key: 'time', label: say('ui.settings.time'), placeholder: '16:00', mode: 'numeric' },
      ]}
      blank={{ carrier: '', time: '' }}
      add={say('ui.settings.add_cutoff')}
    />
  )
}
