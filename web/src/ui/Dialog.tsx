import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useKeys } from '../shared/keys.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import css from './Dialog.module.css'

interface Props {
  title: string
  open: boolean
  onClose(): void
  children: ReactNode
  /** Buttons at the foot, the primary one last. */
  acts?: ReactNode
  wide?: boolean
}

/** A window above the page. Esc closes it, the focus goes back to where it was, and keys of the page do nothing under it. */
export function Dialog(props: Props) {
  return <Window {...props} shape={css.dialog} />
}

/** A sheet from the right, for one thing of a list. Its openness belongs into the address: see useUrlState. */
export function Drawer(props: Props) {
  return <Window {...props} shape={css.drawer} />
}

function Window({ title, open, onClose, children, acts, wide, shape }: Props & { shape: string | undefined }) {
  useKeys({ Escape: onClose }, !open, true)
  return (
    <Base.Root open={open} onOpenChange={to => !to && onClose()}>
      <Base.Portal>
        {/* Also above a window that is open below: what is dark cannot be used now. */}
        <Base.Backdrop forceRender className={css.scrim} />
        <Base.Popup className={`${shape} ${wide ? css.wide : ''}`}>
          <header className={css.head}>
            <Base.Title className={css.title}>{title}</Base.Title>
            <Button tone="quiet" icon={<X size={16} />} aria-label={say('ui.close')} onClick={onClose} />
          </header>
          <div className={css.body}>{children}</div>
          {acts && <footer className={css.foot}>{acts}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
