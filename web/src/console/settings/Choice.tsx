import css from './Settings.module.css'

interface Way {
  value: string
  title: string
  text: string
}

/** Two or three ways of doing something, each with what it does. Choosing one does it at once. */
export function Choice(props: {
  label: string
  ways: Way[]
  value: string
  disabled?: boolean
  onChange(v: string): void
}) {
  return (
    <fieldset className={css.choice} aria-label={props.label} disabled={props.disabled}>
      {props.ways.map(w => (
        <label key={w.value}>
          <input
            type="radio"
            name={props.label}
            checked={w.value === props.value}
            onChange={() => props.onChange(w.value)}
          />
          <b>{w.title}</b>
          <small>{w.text}</small>
        </label>
      ))}
    </fieldset>
  )
}
