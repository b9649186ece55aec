import { Check, Delete } from 'lucide-react'
import { useState } from 'react'
import { number } from '../shared/format.ts'
import { useKeys } from '../shared/keys.ts'
import { say } from '../shared/words.ts'
import css from './Keypad.module.css'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']

/** A number in great keys. Begins with what is most likely: all of them; the first key replaces it. */
export function Keypad({ most, begin = most, onEnter }: { most?: number; begin?: number; onEnter(n: number): void }) {
  const [text, setText] = useState<string | null>(null)
  const value = text ?? (begin === undefined ? '' : String(begin))
  const press = (d: string) => setText(was => `${was ?? ''}${d}`.replace(/^0+(?=\d)/, '').slice(0, 7))
  const enter = () => value !== '' && onEnter(Number(value))
  const over = most !== undefined && Number(value) > most
  useKeys({
    ArrowUp: () => setText(String(Number(value) + 1)),
    ArrowDown: () => setText(String(Math.max(0, Number(value) - 1))),
  })
  return (
    <div className={css.pad}>
      <output className={css.value} data-over={over || undefined} aria-live="polite">
        {value === '' ? '—' : number(Number(value))}
        {most !== undefined && <span>{say('ui.pda.of', { n: number(most) })}</span>}
      </output>
      {digits.map(d => (
        <button key={d} type="button" className={css.key} onClick={() => press(d)}>
          {d}
        </button>
      ))}
      <button
        type="button"
        className={css.key}
        aria-label={say('ui.pda.erase')}
        onClick={() => setText(was => (was ?? '').slice(0, -1))}
      >
        <Delete size={26} aria-hidden="true" />
      </button>
      <button type="button" className={css.key} onClick={() => press('0')}>
        0
      </button>
      <button
        type="button"
        className={css.enter}
        aria-label={say('ui.pda.enter')}
        disabled={value === '' || over}
        onClick={enter}
      >
        <Check size={30} aria-hidden="true" />
      </button>
    </div>
  )
}
