import { type ReactNode, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { keyboard } from '../shared/keyboard.ts'
import { useKeys, useShowKeys } from '../shared/keys.ts'
import { may } from '../shared/session.ts'
import { say } from '../shared/words.ts'
import { StaleBanner } from '../ui/States.tsx'
import './letters.ts'
import { part } from './part.ts'
import css from './Shell.module.css'
import { type Screen, screens, stationIcon } from './screens.ts'
import { TopBar } from './TopBar.tsx'

const over = () => import('./over.ts')
const Palette = part(async () => ({ default: (await over()).Palette }))
const PasswordDialog = part(async () => ({ default: (await over()).PasswordDialog }))
const KeysHelp = part(async () => ({ default: (await over()).KeysHelp }))

/** The frame of every screen but the stations: rail, top bar, and the keys that go everywhere. */
export function Shell({ screen, children }: { screen?: Screen; children: ReactNode }) {
  const [path, navigate] = useLocation()
  const [above, setAbove] = useState<'palette' | 'keys' | 'password' | null>(null)
  const [bound, setBound] = useState<string[]>([])
  const find = () => {
    setBound(keyboard.bound())
    setAbove('palette')
  }
  useEffect(() => Palette.early(), [])
  useKeys({ Escape: () => setAbove(null) }, above === null, true) // nothing below acts, also while it is on its way
  const entries = screens.filter(s => (s.icon || s.station) && may(s.right))
  useShowKeys({
    ...Object.fromEntries(entries.filter(s => s.keys).map(s => [s.keys as string, () => navigate(s.path)])),
    'mod+k': find,
    '?': () => setAbove('keys'),
  })
  return (
    <div className={css.shell}>
      <nav className={css.rail} aria-label={say('ui.rail')}>
        <div className={css.brand}>
          <img src="/icon.svg" width={24} height={24} alt="" />
          <span>Packhorse</span>
        </div>
        {entries.map(s => {
          const Icon = s.icon ?? stationIcon
          const here = path === s.path || path.startsWith(`${s.path}/`)
          return (
            <Link
              key={s.path}
              href={s.path}
              className={css.entry}
              aria-current={here ? 'page' : undefined}
              title={say(s.title)}
            >
              <Icon size={18} aria-hidden="true" />
              <span>{say(s.title)}</span>
            </Link>
          )
        })}
      </nav>
      <TopBar
        title={screen ? say(screen.title) : ''}
        onFind={find}
        onKeys={() => setAbove('keys')}
        onPassword={() => setAbove('password')}
      />
      <main className={css.main}>
        <StaleBanner />
        {children}
      </main>
      {above === 'palette' && <Palette here={{ screen, bound }} onClose={() => setAbove(null)} />}
      {above === 'keys' && <KeysHelp screen={screen} onClose={() => setAbove(null)} />}
      {above === 'password' && <PasswordDialog onClose={() => setAbove(null)} />}
    </div>
  )
}
