import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
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
const KeysHelp = part(async () => ({ default: (await over()).KeysHelp }))

/** The frame of every screen but the stations: rail, top bar, and the keys that go everywhere. */
export function Shell({ screen, children }: { screen?: Screen; children: ReactNode }) {
  const [path, navigate] = useLocation()
  const [above, setAbove] = useState<'palette' | 'keys' | null>(null)
  useEffect(() => Palette.early(), [])
  useKeys({ Escape: () => setAbove(null) }, above === null, true) // nothing below acts, also while it is on its way
  const entries = screens.filter(s => (s.icon || s.station) && may(s.right))
  useShowKeys({
    ...Object.fromEntries(entries.filter(s => s.keys).map(s => [s.keys as string, () => navigate(s.path)])),
    'mod+k': () => setAbove('palette'),
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
        onFind={() => setAbove('palette')}
        onKeys={() => setAbove('keys')}
      />
      <main className={css.main}>
        <StaleBanner />
        {children}
      </main>
      <Suspense>
        {above === 'palette' && <Palette onClose={() => setAbove(null)} />}
        {above === 'keys' && <KeysHelp screen={screen} onClose={() => setAbove(null)} />}
      </Suspense>
    </div>
  )
}
