import { ArrowLeft, Wifi, WifiOff } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { Link } from 'wouter'
import { now } from '../shared/clock.ts'
import { ago } from '../shared/format.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { box } from './box.ts'
import css from './Frame.module.css'

/** Loads its code, as the page of a task does: what is needed offline is loaded when the shift begins. */
export const loadConflicts = () => import('./small.ts').then(all => ({ default: all.Conflicts }))
const Conflicts = lazy(loadConflicts)

/** The frame of a task: its name, the way back, and whether the server has heard everything. */
export function Frame({ title, back, children }: { title: string; back?: boolean; children: ReactNode }) {
  const { conflicts } = useStore(box.standing)
  return (
    <div className={css.frame}>
      <header className={css.bar} inert={conflicts > 0}>
        {back && (
          <Link href="~/pda" className={css.back} aria-label={say('ui.back')}>
            <ArrowLeft size={24} aria-hidden="true" />
          </Link>
        )}
        <h1 className={css.title}>{say(title)}</h1>
        <Line />
      </header>
      <main className={css.main} inert={conflicts > 0}>
        {children}
      </main>
      {conflicts > 0 && (
        <Suspense>
          <Conflicts />
        </Suspense>
      )}
    </div>
  )
}

function Line() {
  const { online, queued, oldest } = useStore(box.standing)
  if (online && queued === 0) {
    return (
      <span className={`${css.line} ${css.on}`} role="status">
        <Wifi size={18} aria-hidden="true" /> {say('ui.pda.online')}
      </span>
    )
  }
  return (
    <span className={`${css.line} ${css.off}`} role="status">
      {online ? <Wifi size={18} aria-hidden="true" /> : <WifiOff size={18} aria-hidden="true" />}
      <span>
        {say(online ? 'ui.pda.queued' : 'ui.pda.offline', { n: queued })}
        {/* Kept under the time of the device, which in a demo is not that of the company. */}
        {oldest !== null && <small>{ago(oldest - Date.now() + now())}</small>}
      </span>
    </span>
  )
}
