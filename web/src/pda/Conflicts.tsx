import { useEffect, useState } from 'react'
import type { Conflict } from '../shared/outbox.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { box } from './box.ts'
import css from './Frame.module.css'

/** What the server refused of what was done offline: one plain page for each, in the server's words. */
export default function Conflicts() {
  const { conflicts } = useStore(box.standing)
  const [first, setFirst] = useState<Conflict | undefined>()
  useEffect(() => {
    if (conflicts === 0) setFirst(undefined)
    else void box.conflicts().then(list => setFirst(list[0]))
  }, [conflicts])
  if (!first) return null
  const settle = () => void box.settle(first.seq)
  return (
    <Dialog
      title={say('ui.pda.conflict', { n: conflicts })}
      open
      onClose={settle}
      acts={
        <Button tone="primary" big onClick={settle}>
          {say('ui.pda.understood')}
        </Button>
      }
    >
      <p className={css.title}>{first.problem.detail}</p>
    </Dialog>
  )
}
