import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { keyboard } from '../shared/keyboard.ts'
import { useGet } from '../shared/query.ts'
import { may } from '../shared/session.ts'
import { has, say } from '../shared/words.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { type Screen, screens } from './screens.ts'

/** One line of the search above every screen. */
export interface Entry {
  id: string
  text: string
  side?: ReactNode
  act(): void
}

const movesOnly = new Set(['j', 'k', '1', '/', '[', ']', 'z', 'Enter', 'Escape'])

/** What can be done here, then where one can go, the nearest match first, then the orders that are found. */
export function useEntries(text: string, here: { screen?: Screen; bound: string[] }, close: () => void): Entry[] {
  const [, navigate] = useLocation()
  const go = (to: string) => () => {
    close()
    navigate(to)
  }
  const acts = (here.screen?.help ?? [])
    .filter(([key]) => here.bound.includes(key) && !movesOnly.has(key))
    .map(([key, code]) => ({ id: `act-${key}`, text: say(code), side: <Kbd keys={key} />, act: after(close, key) }))
  const places = [...ways(go), { id: '/pda', text: say('ui.handheld'), act: () => location.assign('/pda') }]
  // Not before something is typed: Enter alone must not approve an order.
  return [...(text ? matching(text, acts) : []), ...matching(text, places), ...useOrders(text, go)]
}

/** The key acts when the list above it is gone: until then nothing below hears one. */
const after = (close: () => void, key: string) => () => {
  close()
  setTimeout(() => keyboard.press(key))
}

type Go = (to: string) => () => void

/** Every screen and, behind the screens, what stands in their tabs. */
function ways(go: Go): Entry[] {
  const mine = screens.filter(s => (s.icon || s.station) && may(s.right))
  const whole = mine.map(s => ({
    id: s.path,
    text: say(s.title),
    side: s.keys && <Kbd keys={s.keys} />,
    act: go(s.path),
  }))
  const parts = mine.flatMap(s =>
    (s.parts ?? [])
      .filter(([, , right]) => may(right))
      .map(([query, title]) => ({
        id: s.path + query,
        text: `${say(s.title)} › ${say(title)}`,
        act: go(s.path + query),
      })),
  )
  return [...whole, ...parts]
}

/** What begins with the text goes before what has a word that does, and that before what merely holds it. */
export function matching<T extends { text: string }>(text: string, list: T[]): T[] {
  const small = text.toLowerCase()
  const rank = (e: T) => {
    const at = e.text.toLowerCase().indexOf(small)
    if (at <= 0) return at
    return /[\p{L}\p{N}]/u.test(e.text[at - 1] ?? '') ? 2 : 1
  }
  return list.filter(e => rank(e) >= 0).sort((a, b) => rank(a) - rank(b))
}

function useOrders(text: string, go: Go): Entry[] {
  const asked = text.length >= 2 && may('orders:read')
  const found = useGet('search-orders', { query: { q: text, limit: 8 } }, { enabled: asked })
  return (asked && found.data ? found.data.orders : []).map(o => ({
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
}
