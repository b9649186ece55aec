import { type ComponentType, lazy, Suspense } from 'react'
import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { NoRight, Skeleton } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import css from './Settings.module.css'

type Panel = ComponentType<object>

/** Each tab comes with its neighbours, when one of them is first opened. */
const work = (name: 'Warehouses' | 'Printers' | 'Carriers') =>
  lazy(async (): Promise<{ default: Panel }> => ({ default: (await import('./work.ts'))[name] }))
const people = (name: 'People' | 'Messages' | 'Returns' | 'Policies' | 'Audit') =>
  lazy(async (): Promise<{ default: Panel }> => ({ default: (await import('./company.ts'))[name] }))

const tabs = [
  { id: 'warehouses', title: 'ui.settings.warehouses', right: 'stock:read', panel: work('Warehouses') },
  { id: 'printers', title: 'ui.settings.printers', right: 'stock:read', panel: work('Printers') },
  { id: 'carriers', title: 'ui.settings.carriers', right: 'stock:read', panel: work('Carriers') },
  { id: 'people', title: 'ui.settings.people', right: 'admin', panel: people('People') },
  { id: 'messages', title: 'ui.settings.messages', right: 'orders:read', panel: people('Messages') },
  { id: 'returns', title: 'ui.settings.returns', right: 'orders:read', panel: people('Returns') },
  { id: 'policies', title: 'ui.settings.policies', right: 'orders:read', panel: people('Policies') },
  { id: 'audit', title: 'ui.settings.audit', right: 'audit', panel: people('Audit') },
]

/** What holds for the company, and who may do what. */
export default function Settings() {
  const [url, change] = useUrlState()
  const mine = tabs.filter(t => may(t.right))
  const at = mine.find(t => t.id === url.tab) ?? mine[0]
  if (!at) return <NoRight right="admin" />
  const Panel = at.panel
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
      <Suspense fallback={<Skeleton />}>
        <Panel />
      </Suspense>
    </div>
  )
}
