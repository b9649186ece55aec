import type { ButtonHTMLAttributes, ReactNode } from 'react'
import css from './Button.module.css'
import { Kbd } from './Kbd.tsx'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** primary: the one act of a place. danger: cannot be taken back. quiet: in toolbars. */
  tone?: 'primary' | 'danger' | 'quiet'
  icon?: ReactNode
  /** The key that does the same, shown beside the words. */
  keys?: string
  /** 64 px, for gloves. */
  big?: boolean
  busy?: boolean
}

/** A button. Without children it is its icon only and needs aria-label. */
export function Button({ tone, icon, keys, big, busy, children, className, disabled, ...rest }: Props) {
  const names = [css.button, tone && css[tone], !children && css.icon, big && css.big, className]
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={names.filter(Boolean).join(' ')}
    >
      {icon}
      {children}
      {keys && <Kbd keys={keys} />}
    </button>
  )
}
