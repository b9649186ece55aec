import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useRef } from 'react'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import { Field } from './Form.tsx'
import css from './Rows.module.css'
import { moved, put, without } from './rows.ts'

/** What is entered in one place of each row; always text. */
export interface RowField<R> {
  key: keyof R & string
  label: string
  placeholder?: string
  mode?: 'numeric' | 'decimal'
}

interface Props<R> {
  /** As the API names it, so that its mistakes find their way here. */
  name: string
  label: string
  hint?: string
  rows: R[]
  onChange(rows: R[]): void
  fields: RowField<R>[]
  /** A row that was just added. */
  blank: R
  /** What the button says that adds one. */
  add: string
  /** The order of the rows means something: they can be moved. */
  ordered?: boolean
}

/** A few rows of text that can be added to and taken from. The focus goes to the row that was added, and back to the button. */
export function Rows<R extends object>({ name, label, hint, rows, onChange, fields, blank, add, ordered }: Props<R>) {
  const box = useRef<HTMLDivElement>(null)
  const added = useRef(false)
  const out = (i: number) => {
    onChange(without(rows, i))
    ;(box.current?.lastElementChild as HTMLElement | null)?.focus()
  }
  return (
    <Field name={name} label={label} hint={hint}>
      {tie => (
        <div ref={box} className={css.rows}>
          {rows.map((r, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name while it is written
            <div key={i} className={css.row} role="group" aria-label={`${label} ${i + 1}`}>
              {fields.map((f, k) => (
                <input
                  key={f.key}
                  className={tie.className}
                  aria-label={f.label}
                  placeholder={f.placeholder ?? f.label}
                  inputMode={f.mode}
                  // A new row is written into at once.
                  autoFocus={added.current && i === rows.length - 1 && k === 0}
                  value={String(r[f.key] ?? '')}
                  onChange={e => onChange(put(rows, i, { [f.key]: e.target.value } as Partial<R>))}
                />
              ))}
              {ordered && (
                <>
                  <Button
                    tone="quiet"
                    icon={<ArrowUp size={14} />}
                    disabled={i === 0}
                    aria-label={say('ui.rows.up')}
                    onClick={() => onChange(moved(rows, i, i - 1))}
                  />
                  <Button
                    tone="quiet"
                    icon={<ArrowDown size={14} />}
                    disabled={i === rows.length - 1}
                    aria-label={say('ui.rows.down')}
                    onClick={() => onChange(moved(rows, i, i + 1))}
                  />
                </>
              )}
              <Button tone="quiet" icon={<X size={14} />} aria-label={say('ui.rows.out')} onClick={() => out(i)} />
            </div>
          ))}
          <Button
            id={tie.id}
            tone="quiet"
            icon={<Plus size={14} />}
            onClick={() => {
              added.current = true
              onChange([...rows, blank])
            }}
          >
            {add}
          </Button>
        </div>
      )}
    </Field>
  )
}
