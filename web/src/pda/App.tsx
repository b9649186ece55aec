import { useEffect, useState } from 'react'
import { Route, Router, Switch } from 'wouter'
import { SignIn } from '../console/signin/SignIn.tsx'
import { may, resume, session } from '../shared/session.ts'
import { keptStore, useStore } from '../shared/store.ts'
import { FlashOver } from '../ui/Flash.tsx'
import { ErrorState, NoRight } from '../ui/States.tsx'
import { Toasts } from '../ui/Toast.tsx'
import { box } from './box.ts'
import { Frame } from './Frame.tsx'
import { Home } from './Home.tsx'
import { Shift } from './Shift.tsx'
import { tasks } from './tasks.ts'

const theme = keptStore<'dark' | 'light'>('packhorse.pda.theme', 'dark')

/** The handheld: sign in, begin the shift, then the tasks. */
export function App() {
  const who = useStore(session)
  const [failed, setFailed] = useState<Error | null>(null)
  const [working, setWorking] = useState(false)
  document.documentElement.dataset.theme = useStore(theme)
  const ask = () => {
    setFailed(null)
    resume(true).catch(setFailed)
  }
  useEffect(ask, [])
  useEffect(() => box.start(), [])
  if (failed) return <ErrorState error={failed} retry={ask} />
  if (who === 'asking') return null
  return (
    <>
      {who === 'nobody' ? <SignIn /> : working ? <Work /> : <Shift theme={theme} onBegin={() => setWorking(true)} />}
      <FlashOver />
      <Toasts />
    </>
  )
}

function Work() {
  return (
    <Router base="/pda">
      <Switch>
        {tasks.map(t => (
          <Route key={t.path} path={t.path} nest>
            <Frame title={t.title} back>
              {may(t.right) ? <t.page /> : <NoRight right={t.right} />}
            </Frame>
          </Route>
        ))}
        <Route>
          <Frame title="ui.pda.tasks">
            <Home />
          </Frame>
        </Route>
      </Switch>
    </Router>
  )
}
