import { Lock, LockOpen } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import css from './Pack.module.css'
import { expected, grams, type State, tolerance } from './work.ts'

/** The weight, typed or written by the scale. The padlock is open until a weight is taken; none is carried over to the next box. */
export function Scale({ state: s, take }: { state: State; take(code: string): void }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const want = expected(s, s.carton)
  const g = grams(text)
  return (
    <div className={css.scale}>
      {g ? <Lock size={28} aria-hidden="true" /> : <LockOpen size={28} aria-hidden="true" />}
      <input
        ref={field}
        aria-label={say('ui.pack.weight')}
        value={text}
        data-scan="text"
        inputMode="decimal"
        autoComplete="off"
        onChange={e => setText(e.target.value)}
        onKeyDown={e => {
          if (e.key !== 'Enter' || !text.trim()) return
          take(text.trim())
          setText('')
        }}
      />
      <span>g</span>
      <p>
        {want > 0
          ? say('ui.pack.expected', { g: number(want), off: number(tolerance(s, want)) })
          : say('ui.pack.weight_unknown')}
      </p>
    </div>
  )
}
