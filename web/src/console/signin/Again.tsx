import { useEffect, useRef } from 'react'
import { useKeys } from '../../shared/keys.ts'
import { say } from '../../shared/words.ts'
import css from './SignIn.module.css'
import { SignIn } from './SignIn.tsx'

/** The door before a page whose session is over: what was typed there is still behind it. */
export function Again() {
  const door = useRef<HTMLDialogElement>(null)
  useEffect(() => door.current?.showModal(), [])
  // Escape would close the dialog that waits behind.
  useKeys({ Escape: e => e.stopPropagation() }, false, true)
  return (
    <dialog ref={door} className={css.again} aria-label={say('ui.sign_in')} onCancel={e => e.preventDefault()}>
      <SignIn note={say('ui.session_over')} />
    </dialog>
  )
}
