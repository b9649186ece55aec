import { useEffect, useState } from 'react'
import { say } from '../shared/words.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useEntries } from './entries.tsx'
import css from './Palette.module.css'
import type { Screen } from './screens.ts'

interface Here {
  screen?: Screen
  /** The keys that did something when it was opened. */
  bound: string[]
}

/** Do what this screen can, go anywhere, and find any order by what is at hand: number, waybill, SKU, end of a telephone number, name. */
export default function Palette({ here, onClose }: { here: Here; onClose(): void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(text.trim(), here, onClose)
  const chosen = Math.min(at, entries.length - 1)
  const shown = entries[chosen]?.id
  useEffect(() => {
    if (shown) document.getElementById(`palette-${shown}`)?.scrollIntoView({ block: 'nearest' })
  }, [shown])
  const key = (k: string) => {
    if (k === 'ArrowDown') setAt(Math.min(chosen + 1, entries.length - 1))
    else if (k === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (k === 'Enter') entries[chosen]?.act()
    else return false
    return true
  }
  return (
    <Dialog title={say('ui.find')} open onClose={onClose}>
      <input
        className={css.input}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette"
        aria-activedescendant={entries[chosen] ? `palette-${entries[chosen].id}` : undefined}
        aria-label={say('ui.find')}
        placeholder={say('ui.find_hint')}
        data-scan="text"
        value={text}
        onChange={e => {
          setText(e.target.value)
          setAt(0)
        }}
        onKeyDown={e => {
          if (!e.nativeEvent.isComposing && key(e.key)) e.preventDefault() // Enter may end a word of the input method
        }}
      />
      <div className={css.list} role="listbox" id="palette" aria-label={say('ui.find')}>
        {entries.map((e, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box above hears the keys
          <div
            key={e.id}
            id={`palette-${e.id}`}
            role="option"
            aria-selected={i === chosen}
            className={css.item}
            onClick={e.act}
            onMouseMove={() => setAt(i)}
          >
            <span className={css.text}>{e.text}</span>
            {e.side}
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className={css.quiet}>{say('ui.nothing_found')}</p>}
    </Dialog>
  )
}
