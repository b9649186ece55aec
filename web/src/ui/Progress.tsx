import css from './Progress.module.css'

/** How far a thing is, with what failed of it in red. */
export function Progress({
  done,
  failed = 0,
  of,
  label,
}: {
  done: number
  failed?: number
  of: number
  label: string
}) {
  const part = (n: number) => `${of > 0 ? (100 * n) / of : 0}%`
  return (
    <div
      className={css.progress}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={done + failed}
    >
      <div style={{ display: 'flex', height: '100%' }}>
        <div className={css.bar} style={{ width: part(done) }} />
        <div className={`${css.bar} ${css.failed}`} style={{ width: part(failed) }} />
      </div>
    </div>
  )
}
