import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useScan, useShowKeys } from '../../shared/keys.ts'
import { useList } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { When } from '../../ui/When.tsx'
import css from './Customer.module.css'
import { Person } from './Person.tsx'

const least = 2
const settle = 250

/** Customer 360: who calls is found by order, waybill, end of the telephone number or name; then all of that person on one page. */
export default function Customer() {
  const [url, change] = useUrlState()
  const [text, setText] = useState(url.q ?? '')
  const box = useRef<HTMLInputElement>(null)
  const split = useRef<HTMLDivElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const find = (q: string) => change({ q: q || undefined, order: undefined })
  useShowKeys({ '/': () => box.current?.focus() })
  useScan(s => {
    setText(s.text)
    find(s.text)
  })
  useEffect(() => box.current?.focus(), [])
  const type = (to: string) => {
    setText(to)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => find(to.trim()), settle)
  }
  // From the box the arrow goes into what was found, and Enter opens the first of it: whoever calls is on the line.
  const down = (e: KeyboardEvent) => {
    const first = split.current?.querySelector<HTMLElement>('nav button')
    if (!first || text.trim() !== url.q) return
    if (e.key === 'ArrowDown') first.focus()
    else if (e.key === 'Enter') first.click()
    else return
    e.preventDefault()
  }
  return (
    <div className={css.page}>
      <div className={css.search}>
        <Search size={18} aria-hidden="true" />
        <input
          ref={box}
          type="search"
          aria-label={say('ui.customer.search')}
          placeholder={say('ui.customer.search')}
          value={text}
          data-scan="text"
          onChange={e => type(e.target.value)}
          onKeyDown={down}
        />
      </div>
      <div className={css.split} ref={split}>
        {(url.q ?? '').length >= least && <Hits q={url.q ?? ''} at={url.order} onPick={order => change({ order })} />}
        {url.order ? (
          <Person order={url.order} />
        ) : (
          (url.q ?? '').length < least && (
            <EmptyState title={say('ui.customer.who')} text={say('ui.customer.who_text')} />
          )
        )}
      </div>
    </div>
  )
}

/** The orders that fit. One alone is opened by itself. */
function Hits({ q, at, onPick }: { q: string; at: string | undefined; onPick(order: string): void }) {
  const list = useList('search-orders', { q }, p => p.orders, { window: 30 })
  const only = list.rows.length === 1 && !list.more && !list.refreshing ? list.rows[0]?.id : undefined
  const pick = useRef(onPick)
  pick.current = onPick
  useEffect(() => {
    if (only && !at) pick.current(only)
  }, [only, at])
  const place = list.rows.findIndex(o => o.id === at)
  const go = (to: number) => {
    const row = list.rows[Math.max(0, Math.min(list.rows.length - 1, to))]
    if (row) onPick(row.id)
  }
  useShowKeys({ j: () => go(place + 1), k: () => go(place - 1) })
  if (list.error) return <ErrorState error={list.error} retry={list.reload} />
  if (list.loading) return <Skeleton rows={8} />
  if (list.rows.length === 0) return <EmptyState title={say('ui.nothing_found')} text={say('ui.customer.none_text')} />
  return (
    <nav className={css.hits} aria-label={say('ui.customer.found')} onKeyDown={along}>
      {list.rows.map(o => (
        <button key={o.id} type="button" aria-current={o.id === at || undefined} onClick={() => onPick(o.id)}>
          <span className={css.hit}>
            <strong>{o.recipient}</strong> {o.city}
          </span>
          <When at={o.placed_at} />
          <span className="code">{o.external_no}</span>
        </button>
      ))}
      {list.more && (
        <button type="button" onClick={list.loadMore}>
          {say('ui.customer.more')}
        </button>
      )}
    </nav>
  )
}

/** The arrows go along what was found. */
function along(e: KeyboardEvent<HTMLElement>) {
  const way = e.key === 'ArrowDown' ? 'nextElementSibling' : e.key === 'ArrowUp' ? 'previousElementSibling' : undefined
  const next = way && (e.target as HTMLElement).closest('button')?.[way]
  if (!(next instanceof HTMLElement)) return
  e.preventDefault()
  next.focus()
}
