import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { say } from '../shared/words.ts'
import css from './Copyable.module.css'

/** A number or code that a click copies. */
export function Copyable({ text, label }: { text: string; label?: string }) {
  const [copied, setCopied] = useState<string>() // which: a list shows many texts in one place
  const done = copied === text
  const copy = async () => {
    await write(text)
    setCopied(text)
    setTimeout(() => setCopied(undefined), 1_500)
  }
  return (
    <button
      type="button"
      className={css.copy}
      onClick={copy}
      title={say('ui.copy', { text })}
      aria-label={say('ui.copy', { text })}
    >
      <span className={css.text}>{label ?? text}</span>
      {done ? <Check size={12} aria-hidden="true" /> : <Copy size={12} aria-hidden="true" />}
    </button>
  )
}

/** The clipboard of the browser is there over HTTPS only; the old way works everywhere. */
async function write(text: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
