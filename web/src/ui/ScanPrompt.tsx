import { Keyboard, ScanLine } from 'lucide-react'
import { useState } from 'react'
import { useScan } from '../shared/keys.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import css from './ScanPrompt.module.css'

interface Props {
  /** The one thing to scan now, in words: "Scan the tote". */
  text: string
  onScan(text: string): void
  off?: boolean
}

/** Says what to scan and takes it: from the scanner, or typed where the code cannot be read. */
export function ScanPrompt({ text, onScan, off }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const [last, setLast] = useState({ text: '', composed: false })
  const take = (code: string, composed = false) => {
    setLast({ text: code, composed })
    onScan(code)
  }
  useScan(s => take(s.text, s.composed), off)
  return (
    <div className={css.prompt} data-scan-prompt>
      <ScanLine size={24} aria-hidden="true" />
      {typed === null ? (
        <div className={css.text}>
          <div>{text}</div>
          {last.text && <div className={css.last}>{last.text}</div>}
          {last.composed && <div className={css.ime}>{say('ui.scan.ime')}</div>}
        </div>
      ) : (
        <input
          className={css.type}
          aria-label={text}
          value={typed}
          data-scan="text"
          autoFocus
          onChange={e => setTyped(e.target.value)}
          onKeyDown={e => {
            if (e.key === 'Escape') setTyped(null)
            if (e.key !== 'Enter' || !typed.trim()) return
            take(typed.trim())
            setTyped(null)
          }}
        />
      )}
      <Button
        tone="quiet"
        icon={<Keyboard size={20} />}
        aria-label={say('ui.scan.type')}
        aria-pressed={typed !== null}
        onClick={() => setTyped(typed === null ? '' : null)}
      />
    </div>
  )
}
