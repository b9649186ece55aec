import { Combobox as Base } from '@base-ui/react/combobox'
import { say } from '../shared/words.ts'
import { Field } from './Form.tsx'
import css from './Menu.module.css'

/** Something to choose: value is what the API takes, text what people read. */
export interface Option {
  value: string
  text: string
}

interface Props {
  name: string
  label: string
  hint?: string
  must?: boolean
  options: Option[]
  value: string
  onChange(value: string): void
  /** Where the server searches: called with what is typed; the options are then taken as they come. */
  onType?(text: string): void
}

/** One of many, found by typing. */
export function Combobox({ options, value, onChange, onType, ...field }: Props) {
  const chosen = options.find(o => o.value === value) ?? null
  return (
    <Field {...field}>
      {tie => (
        <Base.Root<Option>
          items={options}
          value={chosen}
          onValueChange={o => onChange(o?.value ?? '')}
          itemToStringLabel={o => o.text}
          onInputValueChange={onType}
          filter={onType ? null : undefined}
        >
          <Base.Input {...tie} />
          <Base.Portal>
            <Base.Positioner className={css.float} sideOffset={4}>
              <Base.Popup className={css.popup}>
                <Base.Empty className={css.none}>{say('ui.nothing_found')}</Base.Empty>
                <Base.List>
                  {(o: Option) => (
                    <Base.Item key={o.value} value={o} className={css.item}>
                      {o.text}
                    </Base.Item>
                  )}
                </Base.List>
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  )
}
