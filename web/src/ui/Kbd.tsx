import css from './Kbd.module.css'

const signs: Record<string, string> = { mod: 'Ctrl', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ' ': '␣' }

/** A key or a sequence as people read it: "mod+k", "g o", "Escape". */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={css.kbd} aria-hidden="true">
      {keys.split(/[ +]/).map(k => (
        <span key={k} className={css.key}>
          {signs[k] ?? (k.length === 1 ? k.toUpperCase() : k)}
        </span>
      ))}
    </span>
  )
}
