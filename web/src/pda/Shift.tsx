import { Check, CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { give, warm } from '../shared/feedback.ts'
import { useScan } from '../shared/keys.ts'
import { signOut, useMe } from '../shared/session.ts'
import { type Store, useStore } from '../shared/store.ts'
import { useWarehouses, warehouse } from '../shared/warehouse.ts'
import { say } from '../shared/words.ts'
import { Button } from '../ui/Button.tsx'
import { SelectField } from '../ui/Form.tsx'
import { toastError } from '../ui/Toast.tsx'
import css from './Frame.module.css'
import { loadConflicts } from './Frame.tsx'
import { tasks } from './tasks.ts'

/** The start of a shift. The tap that begins it is what browsers want before sound, full screen and a screen that stays on. */
export function Shift({ theme, onBegin }: { theme: Store<'dark' | 'light'>; onBegin(): void }) {
  const me = useMe()
  const { all, at } = useWarehouses()
  const light = useStore(theme)
  const [scanned, setScanned] = useState('')
  useScan(s => setScanned(s.text))
  const begin = async () => {
    await Promise.allSettled([
      warm(),
      document.documentElement.requestFullscreen?.(),
      navigator.wakeLock?.request('screen'),
      document.fonts?.load('16px "JetBrains Mono"'), // codes are read offline too
    ])
    for (const load of [loadConflicts, ...tasks.map(t => t.page.load)]) void load().catch(() => {})
    give('right', say('ui.pda.ready'))
    onBegin()
  }
  return (
    <main className={css.shift}>
      <h1>{say('ui.pda.shift', { who: me.name.replace('user:', '') })}</h1>
      {all.length > 0 && (
        <SelectField
          name="warehouse"
          label={say('ui.warehouse')}
          value={at?.code ?? ''}
          onChange={v => warehouse.set(v)}
          options={[
            { value: '', text: say('ui.pda.choose') },
            ...all.map(n => ({ value: n.code, text: `${n.code} ${n.name}` })),
          ]}
        />
      )}
      <ul className={css.checks}>
        <Line
          ok={scanned !== ''}
          text={scanned ? say('ui.pda.scanner_ok', { text: scanned }) : say('ui.pda.scanner_try')}
        />
        <Line ok={isSecureContext} text={say(isSecureContext ? 'ui.pda.secure' : 'ui.pda.insecure')} />
      </ul>
      <Button tone="primary" big onClick={() => void begin()} disabled={all.length > 0 && !at}>
        {say('ui.pda.begin')}
      </Button>
      <Button onClick={() => theme.set(light === 'dark' ? 'light' : 'dark')}>{say('ui.pda.theme')}</Button>
      <Button tone="quiet" onClick={() => void signOut().catch(toastError)}>
        {say('ui.sign_out')}
      </Button>
    </main>
  )
}

function Line({ ok, text }: { ok: boolean; text: string }) {
  return (
    <li>
      {ok ? <Check size={20} aria-hidden="true" /> : <CircleAlert size={20} aria-hidden="true" />}
      {text}
    </li>
  )
}
