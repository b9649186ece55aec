import { Combobox as Base } from '@base-ui/react/combobox'
import { say } from '../shared/words.ts'
import type { ComboboxProps, Option } from './Combobox.tsx'
import { Field } from './Form.tsx'
import css from './Menu.module.css'

/** The field with its list. */
export default function ComboboxBox({ options, value, onChange, onType, focus, ...field }: ComboboxProps) {
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
          <Base.Input {...tie} autoFocus={focus} />
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
