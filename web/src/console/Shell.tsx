import { type ReactNode, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useKeys } from '../shared/keys.ts'
import { may } from '../shared/session.ts'
import { say } from '../shared/words.ts'
import { StaleBanner } from '../ui/States.tsx'
import { KeysHelp } from './KeysHelp.tsx'
import { Palette } from './Palette.tsx'
import css from './Shell.module.css'
import { type Screen, screens, stationIcon } from './screens.ts'
import { TopBar } from './TopBar.tsx'

/** The frame of every screen but the stations: rail, top bar, and the keys that go everywhere. */
export function Shell({ screen, children }: { screen?: Screen; children: ReactNode }) {
  const [path, navigate] = useLocation()
  const [over, setOver] = useState<'palette' | 'keys' | null>(null)
  const entries = screens.filter(s => (s.icon || s.station) && may(s.right))
  useKeys({
    ...Object.fromEntries(entries.filter(s => s.keys).map(s => [s.keys as string, () => navigate(s.path)])),
    'mod+k': () => setOver('palette'),
    '?': () => setOver('keys'),
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
        onFind={() => setOver('palette')}
        onKeys={() => setOver('keys')}
      />
      <main className={css.main}>
        <StaleBanner />
        {children}
      </main>
      {over === 'palette' && <Palette onClose={() => setOver(null)} />}
      {over === 'keys' && <KeysHelp screen={screen} onClose={() => setOver(null)} />}
    </div>
  )
}
