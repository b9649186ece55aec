import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { useGet } from '../shared/query.ts'
import { may } from '../shared/session.ts'
import { has, say } from '../shared/words.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import css from './Palette.module.css'
import { screens } from './screens.ts'

interface Entry {
  id: string
  text: string
  side?: ReactNode
  act(): void
}

/** Go anywhere and find any order by what is at hand: number, waybill, SKU, end of a telephone number, name. */
export default function Palette({ onClose }: { onClose(): void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(text.trim(), onClose)
  const chosen = Math.min(at, entries.length - 1)
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
          if (key(e.key)) e.preventDefault()
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

function useEntries(text: string, onClose: () => void): Entry[] {
  const [, navigate] = useLocation()
  const go = (to: string) => () => {
    onClose()
    navigate(to)
  }
  const asked = text.length >= 2 && may('orders:read')
  const found = useGet('search-orders', { query: { q: text, limit: 8 } }, { enabled: asked })
  const small = text.toLowerCase()
  const places = screens
    .filter(s => (s.icon || s.station) && may(s.right) && say(s.title).toLowerCase().includes(small))
    .map(s => ({ id: s.path, text: say(s.title), side: s.keys && <Kbd keys={s.keys} />, act: go(s.path) }))
  const orders = (asked && found.data ? found.data.orders : []).map(o => ({
    id: o.id,
    text: [o.external_no, o.recipient, o.city].filter(Boolean).join(' · '),
    side: (
      <StateBadge
        area={has(`order.fulfilment.${o.fulfilment}`) ? 'order.fulfilment' : 'order.review'}
        value={o.fulfilment}
      />
    ),
    act: go(`/orders/${o.id}`),
  }))
  return [...places, ...orders]
}
