import { useEffect, useState } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { queries } from '../shared/query.ts'
import { may, over, refreshClock, resume, session } from '../shared/session.ts'
import { follow } from '../shared/sse.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { EmptyState, ErrorState, NoRight } from '../ui/States.tsx'
import { Toasts } from '../ui/Toast.tsx'
import { Crash } from './Crash.tsx'
import { Shell } from './Shell.tsx'
import { Station } from './Station.tsx'
import { type Screen, screens } from './screens.ts'
import { Again } from './signin/Again.tsx'
import { SignIn } from './signin/SignIn.tsx'

const clockEvery = 60_000

/** Who sits here decides what is shown: nothing for a moment, the sign-in, or the console. */
export function App() {
  const who = useStore(session)
  const gone = useStore(over)
  const [failed, setFailed] = useState<Error | null>(null)
  const ask = () => {
    setFailed(null)
    resume().catch(setFailed)
  }
  useEffect(ask, [])
  useEffect(() => {
    if (who === 'nobody') queries.clear()
  }, [who])
  useEffect(() => {
    if (!gone) void queries.invalidateQueries()
  }, [gone])
  if (failed) return <ErrorState error={failed} retry={ask} />
  if (who === 'asking') return null
  return (
    <>
      {who === 'nobody' ? <SignIn /> : <Console />}
      {gone && <Again />}
      <Toasts />
    </>
  )
}

function Console() {
  useEffect(() => {
    const end = follow()
    const clock = setInterval(() => void refreshClock().catch(() => {}), clockEvery)
    return () => {
      end()
      clearInterval(clock)
    }
  }, [])
  const home = screens.find(s => s.icon && may(s.right))
  return (
    <Switch>
      {screens.map(s => (
        <Route key={s.path} path={s.path}>
          {params => <Place screen={s} id={(params as { id?: string }).id ?? ''} />}
        </Route>
      ))}
      <Route path="/">
        {home ? <Redirect to={home.path} replace /> : <Shell>{<NoRight right="orders:read" />}</Shell>}
      </Route>
      <Route>
        <Shell>
          <EmptyState title={say('ui.no_page')} text={say('ui.no_page_text')} />
        </Shell>
      </Route>
    </Switch>
  )
}

function Place({ screen, id }: { screen: Screen; id: string }) {
  const title = say(screen.title)
  useEffect(() => {
    document.title = `${title} · Packhorse`
  }, [title])
  const inside = may(screen.right) ? (
    <Crash key={`${screen.path} ${id}`}>
      <screen.page id={id} />
    </Crash>
  ) : (
    <NoRight right={screen.right ?? ''} />
  )
  return screen.station ? <Station title={title}>{inside}</Station> : <Shell screen={screen}>{inside}</Shell>
}
