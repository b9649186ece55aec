import { createContext, type FormEvent, type ReactNode, useContext, useId } from 'react'
import type { ApiError } from '../shared/api.ts'
import css from './Form.module.css'

const Problems = createContext<ApiError | null>(null)

/** A form. What the server says of a field stands at that field, what it says of the whole above. Ctrl Enter sends it. */
export function Form(props: { id?: string; error?: ApiError | null; onSubmit(): void; children: ReactNode }) {
  const { id, error = null, onSubmit, children } = props
  const send = (e: FormEvent) => {
    e.preventDefault()
    onSubmit()
  }
  return (
    <Problems.Provider value={error}>
      <form
        id={id}
        className={css.form}
        noValidate
        onSubmit={send}
        onKeyDown={e => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) onSubmit()
        }}
      >
        {error && (
          <p className={css.problem} role="alert">
            {error.message}
          </p>
        )}
        {children}
      </form>
    </Problems.Provider>
  )
}

/** Fields beside each other where there is room. */
export const FormRow = ({ children }: { children: ReactNode }) => <div className={css.row}>{children}</div>

function mistake(error: ApiError | null, field: string): string | undefined {
  const list = error?.problem.errors ?? []
  return list.find(m => m.field === field)?.detail ?? (error?.problem.field === field ? error.message : undefined)
}

interface FieldProps {
  /** As the API names it, so that its mistakes find their way here. */
  name: string
  label: string
  hint?: string
  must?: boolean
  /** Gets what it takes to be tied to label, hint and mistake. */
  children(tie: {
    id: string
    name: string
    'aria-describedby'?: string
    'aria-invalid'?: boolean
    className: string
  }): ReactNode
}

/** A label with what is entered under it. */
export function Field({ name, label, hint, must, children }: FieldProps) {
  const id = useId()
  const wrong = mistake(useContext(Problems), name)
  const about = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ') || undefined
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label} {must && <span className={css.must}>*</span>}
      </label>
      {children({
        id,
        name,
        'aria-describedby': about,
        'aria-invalid': wrong ? true : undefined,
        className: css.input ?? '',
      })}
      {hint && (
        <span id={`${id}-hint`} className={css.hint}>
          {hint}
        </span>
      )}
      {wrong && (
        <span id={`${id}-wrong`} className={css.wrong}>
          {wrong}
        </span>
      )}
    </div>
  )
}

interface Common {
  name: string
  label: string
  hint?: string
  must?: boolean
  value: string
  onChange(value: string): void
}

/** One line of text. */
export function TextField({
  value,
  onChange,
  type = 'text',
  auto,
  focus,
  ...field
}: Common & { type?: string; auto?: string; focus?: boolean }) {
  return (
    <Field {...field}>
      {tie => (
        <input
          {...tie}
          type={type}
          value={value}
          autoComplete={auto ?? 'off'}
          autoFocus={focus}
          onChange={e => onChange(e.target.value)}
        />
      )}
    </Field>
  )
}

/** Several lines. */
export function TextArea({ value, onChange, focus, ...field }: Common & { focus?: boolean }) {
  return (
    <Field {...field}>
      {tie => <textarea {...tie} value={value} autoFocus={focus} onChange={e => onChange(e.target.value)} />}
    </Field>
  )
}

/** One of a few. */
export function SelectField({
  value,
  onChange,
  options,
  ...field
}: Common & { options: { value: string; text: string }[] }) {
  return (
    <Field {...field}>
      {tie => (
        <select {...tie} value={value} onChange={e => onChange(e.target.value)}>
          {options.map(o => (
            <option key={o.value} value={o.value}>
              {o.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
