import type { ComponentType } from 'react'
import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { later } from '../../ui/Later.tsx'
import { NoRight, Skeleton } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import css from './Settings.module.css'
import { tabs } from './tabs.ts'

type Panel = ComponentType<object>

/** Each tab comes with its neighbours, when one of them is first opened. */
const work = (name: 'Warehouses' | 'Printers' | 'Carriers') =>
  later(
    async (): Promise<{ default: Panel }> => ({ default: (await import('./work.ts'))[name] }),
    () => <Skeleton />,
  )
const people = (name: 'People' | 'Messages' | 'Returns' | 'Policies' | 'Audit') =>
  later(
    async (): Promise<{ default: Panel }> => ({ default: (await import('./company.ts'))[name] }),
    () => <Skeleton />,
  )

const panels = {
  warehouses: work('Warehouses'),
  printers: work('Printers'),
  carriers: work('Carriers'),
  people: people('People'),
  messages: people('Messages'),
  returns: people('Returns'),
  policies: people('Policies'),
  audit: people('Audit'),
}

/** What holds for the company, and who may do what. */
export default function Settings() {
  const [url, change] = useUrlState()
  const mine = tabs.filter(t => may(t.right))
  const at = mine.find(t => t.id === url.tab) ?? mine[0]
  if (!at) return <NoRight right="admin" />
  const Panel = panels[at.id]
  const clean = Object.fromEntries(Object.keys(url).map(name => [name, undefined]))
  return (
    <div className={css.page}>
      <Tabs
        bar
        label={say('ui.screen.settings')}
        tabs={mine.map(t => ({ id: t.id, title: say(t.title) }))}
        at={at.id}
        onGo={id => change({ ...clean, tab: id })}
      />
      <Panel />
    </div>
  )
}
