import { useState } from 'react'
import { speak } from '../../shared/boot.ts'
import { useSending } from '../../shared/sending.ts'
import { signIn } from '../../shared/session.ts'
import { language, languages, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Form, TextField } from '../../ui/Form.tsx'
import css from './SignIn.module.css'

/** The door. It keeps the place that was asked for: the address stays. */
export function SignIn({ note }: { note?: string }) {
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const { busy, error, send } = useSending()
  return (
    <main className={css.page}>
      <div className={css.box}>
        <div className={css.head}>
          <img src="/icon.svg" width={32} height={32} alt="" />
          <h1>Packhorse</h1>
        </div>
        {note && <p>{note}</p>}
        <Form
          id="sign-in"
          error={error}
          onSubmit={() => void (login.trim() && password && send(() => signIn(login.trim(), password)))}
        >
          <TextField
            name="login"
            label={say('ui.login')}
            hint={say('ui.login_hint')}
            value={login}
            onChange={setLogin}
            auto="username"
            focus
          />
          <TextField
            name="password"
            label={say('ui.password')}
            type="password"
            value={password}
            onChange={setPassword}
            auto="current-password"
          />
          <Button tone="primary" type="submit" busy={busy} disabled={!login.trim() || !password}>
            {say('ui.sign_in')}
          </Button>
        </Form>
        {error?.problem.code === 'access.unknown' && <p className={css.hint}>{say('ui.forgotten')}</p>}
        <div className={css.foot}>
          {languages.map(l => (
            <Button key={l} tone="quiet" lang={l} aria-pressed={l === language()} onClick={() => speak(l)}>
              {l === 'en' ? 'English' : '中文'}
            </Button>
          ))}
        </div>
      </div>
    </main>
  )
}
