import { Check, CheckCheck, OctagonX, X } from 'lucide-react'
import { flash } from '../shared/feedback.ts'
import { useStore } from '../shared/store.ts'
import css from './Flash.module.css'

const icons = { right: Check, done: CheckCheck, wrong: X, stop: OctagonX }

/** The colour and the word of the last scan, over the whole screen; once on a page. What is wrong stays on until the next right one. */
export function FlashOver() {
  const f = useStore(flash)
  const Icon = f && icons[f.result]
  return (
    <div role="alert" aria-live="assertive" data-flash={f?.result ?? ''}>
      {f?.result === 'wrong' && <div className={css.ring} />}
      {f && Icon && (
        <div key={f.no} className={`${css.flash} ${css[f.result] ?? ''}`}>
          <Icon size={f.result === 'wrong' ? 28 : 72} strokeWidth={2.5} aria-hidden="true" />
          {f.word}
        </div>
      )}
    </div>
  )
}
