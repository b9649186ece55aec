import { lazy, Suspense } from 'react'
import { Field } from './Form.tsx'

/** Something to choose: value is what the API takes, text what people read. */
export interface Option {
  value: string
  text: string
}

export interface ComboboxProps {
  name: string
  label: string
  hint?: string
  must?: boolean
  focus?: boolean
  options: Option[]
  value: string
  onChange(value: string): void
  /** Where the server searches: called with what is typed; the options are then taken as they come. */
  onType?(text: string): void
}

// Fetched as soon as a screen comes that has one, or the first letters typed into it would be lost.
const load = () => import('./ComboboxBox.tsx')
void load().catch(() => {})
const Box = lazy(load)

/** One of many, found by typing. Until the list is there the field shows what is chosen. */
export function Combobox(p: ComboboxProps) {
  const { options, value, onChange: _, onType: __, focus: ___, ...field } = p
  const text = options.find(o => o.value === value)?.text ?? ''
  return (
    <Suspense fallback={<Field {...field}>{tie => <input {...tie} value={text} readOnly />}</Field>}>
      <Box {...p} />
    </Suspense>
  )
}
