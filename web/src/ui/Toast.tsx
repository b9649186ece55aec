import { X } from 'lucide-react'
import { ApiError } from '../shared/api.ts'
import { useKeys } from '../shared/keys.ts'
import { store, useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { Kbd } from './Kbd.tsx'
import css from './Toast.module.css'

interface Toast {
  id: number
  text: string
  wrong?: boolean
  undo?: () => void | Promise<void>
}

const toasts = store<Toast[]>([])
const shown = 8_000
let count = 0

/** Tells what was done, for eight seconds; with undo, a click or Z takes it back. */
export function toast(text: string, undo?: () => void | Promise<void>) {
  put({ id: ++count, text, undo })
}

/** Tells what failed. */
export function toastError(error: unknown) {
  const text = error instanceof ApiError ? error.message : say('ui.failed')
  put({ id: ++count, text, wrong: true })
}

function put(t: Toast) {
  toasts.set(list => [...list.slice(-2), t])
  setTimeout(() => drop(t.id), shown)
}

const drop = (id: number) => toasts.set(list => list.filter(t => t.id !== id))

function takeBack(t: Toast) {
  drop(t.id)
  void Promise.resolve(t.undo?.()).catch(toastError)
}

/** Where toasts appear; once on a page. */
export function Toasts() {
  const list = useStore(toasts)
  const last = list.findLast(t => t.undo)
  useKeys({ z: () => last && takeBack(last) }, !last)
  return (
    <div className={css.stack} role="status" aria-live="polite">
      {list.map(t => (
        <div key={t.id} className={`${css.toast} ${t.wrong ? css.wrong : ''}`}>
          <span className={css.text}>{t.text}</span>
          {t.undo && (
            <button type="button" onClick={() => takeBack(t)}>
              {say('ui.undo')} {t === last && <Kbd keys="z" />}
            </button>
          )}
          <button type="button" className={css.shut} aria-label={say('ui.close')} onClick={() => drop(t.id)}>
            <X size={16} aria-hidden="true" />
          </button>
        </div>
      ))}
    </div>
  )
}
