import { type KeyboardEvent, type ReactNode, useId } from 'react'
import css from './Tabs.module.css'

export interface Tab {
  id: string
  title: string
  /** How many are behind it, as the server says it: "17" or "1000+". */
  count?: string
  panel?: ReactNode
}

interface Props {
  tabs: Tab[]
  at: string
  onGo(id: string): void
  label: string
  /** They are the head of a page. */
  bar?: boolean
}

/** Tabs over panels: arrows, Home and End go along them, Enter opens. Where the chosen one belongs into the address, give at and onGo. */
export function Tabs({ tabs, at, onGo, label, bar }: Props) {
  const own = useId()
  const panel = tabs.find(t => t.id === at)?.panel
  return (
    <>
      <div role="tablist" className={`${css.list} ${bar ? css.bar : ''}`} aria-label={label} onKeyDown={along}>
        {tabs.map(t => (
          <button
            key={t.id}
            type="button"
            role="tab"
            id={`${own}${t.id}`}
            className={css.tab}
            aria-selected={t.id === at}
            aria-controls={t.id === at && panel !== undefined ? `${own}panel` : undefined}
            tabIndex={t.id === at ? 0 : -1}
            onClick={() => onGo(t.id)}
          >
            {t.title}
            {t.count !== undefined && <span className={css.count}>{t.count}</span>}
          </button>
        ))}
      </div>
      {panel !== undefined && (
        <div role="tabpanel" id={`${own}panel`} aria-labelledby={own + at} key={at}>
          {panel}
        </div>
      )}
    </>
  )
}

const ways: Record<string, (at: number, of: number) => number> = {
  ArrowRight: (at, of) => (at + 1) % of,
  ArrowLeft: (at, of) => (at + of - 1) % of,
  Home: () => 0,
  End: (_, of) => of - 1,
}

/** Moves the focus along the tabs. */
function along(e: KeyboardEvent<HTMLDivElement>) {
  const way = ways[e.key]
  const tabs = [...e.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
  const at = tabs.indexOf(e.target as HTMLElement)
  if (!way || at < 0) return
  e.preventDefault()
  tabs[way(at, tabs.length)]?.focus()
}
