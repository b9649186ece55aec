import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import css from './Tabs.module.css'

export interface Tab {
  id: string
  title: string
  /** How many are behind it, as the server says it: "17" or "1000+". */
  count?: string
  panel?: ReactNode
}

/** Tabs over panels. Where the chosen one belongs into the address, give at and onGo. */
export function Tabs({ tabs, at, onGo, label }: { tabs: Tab[]; at: string; onGo(id: string): void; label: string }) {
  return (
    <Base.Root value={at} onValueChange={v => onGo(String(v))}>
      <Base.List className={css.list} aria-label={label}>
        {tabs.map(t => (
          <Base.Tab key={t.id} value={t.id} className={css.tab}>
            {t.title}
            {t.count !== undefined && <span className={css.count}>{t.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(
        t =>
          t.panel !== undefined && (
            <Base.Panel key={t.id} value={t.id}>
              {t.panel}
            </Base.Panel>
          ),
      )}
    </Base.Root>
  )
}
