import { CircleUser, Keyboard, KeyRound, Languages, LogOut, Rows3, Search } from 'lucide-react'
import { speak } from '../shared/boot.ts'
import { signOut, useMe } from '../shared/session.ts'
import { keptStore, useStore } from '../shared/store.ts'
import { useWarehouses, warehouse } from '../shared/warehouse.ts'
import { language, languages, say } from '../shared/words.ts'
import { Button } from '../ui/Button.tsx'
import { JobTray } from '../ui/JobTray.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { Menu } from '../ui/Menu.tsx'
import { actorName } from '../ui/Timeline.tsx'
import { toastError } from '../ui/Toast.tsx'
import { LiveDot } from './LiveDot.tsx'
import css from './Shell.module.css'

const density = keptStore<'dense' | 'comfy'>('packhorse.density', 'dense')

/** The bar above every screen: search and commands, warehouse, whether it is live, jobs, language, who is here. */
export function TopBar({
  title,
  onFind,
  onKeys,
  onPassword,
}: {
  title: string
  onFind(): void
  onKeys(): void
  onPassword(): void
}) {
  const me = useMe()
  const dense = useStore(density)
  document.documentElement.dataset.density = dense
  return (
    <header className={css.bar}>
      <h1 className={css.title}>{title}</h1>
      <button type="button" className={css.find} onClick={onFind} aria-label={say('ui.find')}>
        <Search size={14} aria-hidden="true" />
        <span>{say('ui.find')}</span>
        <Kbd keys="mod+k" />
      </button>
      <WarehouseSwitch />
      <LiveDot />
      <JobTray />
      <Menu
        align="end"
        trigger={
          <Button
            tone="quiet"
            icon={<Languages size={16} />}
            aria-label={say('ui.language')}
            title={say('ui.language')}
          />
        }
        items={languages.map(l => ({
          text: l === 'en' ? 'English' : '中文',
          on: l === language(),
          act: () => speak(l),
        }))}
      />
      <Menu
        align="end"
        trigger={
          <Button
            tone="quiet"
            icon={<CircleUser size={18} />}
            aria-label={say('ui.me', { who: actorName(me.name) })}
            title={actorName(me.name)}
          />
        }
        items={[
          {
            text: say('ui.density'),
            icon: <Rows3 size={14} />,
            on: dense === 'comfy',
            act: () => density.set(dense === 'comfy' ? 'dense' : 'comfy'),
          },
          { text: say('ui.keys'), icon: <Keyboard size={14} />, keys: '?', act: onKeys },
          null,
          { text: say('ui.change_password'), icon: <KeyRound size={14} />, act: onPassword },
          { text: say('ui.sign_out'), icon: <LogOut size={14} />, act: () => void signOut().catch(toastError) },
        ]}
      />
    </header>
  )
}

function WarehouseSwitch() {
  const { all, at } = useWarehouses()
  if (all.length < 2) return null
  return (
    <select
      className={css.switch}
      aria-label={say('ui.warehouse')}
      value={at?.code ?? ''}
      onChange={e => warehouse.set(e.target.value)}
    >
      <option value="">{say('ui.warehouse.all')}</option>
      {all.map(n => (
        <option key={n.code} value={n.code}>
          {n.code} {n.name}
        </option>
      ))}
    </select>
  )
}
