import { may } from '../../shared/session.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { NoRight } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Audit } from './Audit.tsx'
import { Messages } from './Messages.tsx'
import { People } from './People.tsx'
import css from './Settings.module.css'
import { Warehouses } from './Warehouses.tsx'

const tabs = [
  { id: 'warehouses', right: 'stock:read', panel: Warehouses },
  { id: 'people', right: 'admin', panel: People },
  { id: 'messages', right: 'orders:read', panel: Messages },
  { id: 'audit', right: 'audit', panel: Audit },
]

/** What holds for the company, and who may do what. */
export default function Settings() {
  const [url, change] = useUrlState()
  const mine = tabs.filter(t => may(t.right))
  const at = mine.find(t => t.id === url.tab) ?? mine[0]
  if (!at) return <NoRight right="admin" />
  const Panel = at.panel
  return (
    <div className={css.page}>
      <Tabs
        label={say('ui.screen.settings')}
        tabs={mine.map(t => ({ id: t.id, title: say(`ui.settings.${t.id}`) }))}
        at={at.id}
        onGo={id => change({ tab: id })}
      />
      <Panel />
    </div>
  )
}
