import { useEffect, useState } from 'react'
import { give } from '../shared/feedback.ts'
import { useKeys, useScan } from '../shared/keys.ts'
import type { Conflict } from '../shared/outbox.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { Button } from '../ui/Button.tsx'
import { box } from './box.ts'
import css from './Frame.module.css'

/** What the server refused of what was done offline: one plain page for each, in the server's words. */
export default function Conflicts() {
  const { conflicts } = useStore(box.standing)
  const [list, setList] = useState<Conflict[]>([])
  useEffect(() => {
    if (conflicts === 0) setList([])
    else void box.conflicts().then(setList)
  }, [conflicts])
  const [first] = list
  const said = first?.problem.detail
  useScan(() => give('wrong', say('ui.pda.read_first')), !first)
  useEffect(() => {
    if (said) give('stop', say('ui.pda.stop'))
  }, [said])
  // Several scans that were refused for one reason are read once.
  const settle = () => {
    for (const c of list) if (c.problem.detail === said) void box.settle(c.seq)
  }
  useKeys({ Escape: settle }, !first, true)
  if (!first) return null
  return (
    <section role="dialog" aria-modal="true" aria-labelledby="conflict" className={css.conflict}>
      <h2 id="conflict">{say('ui.pda.conflict', { n: new Set(list.map(c => c.problem.detail)).size })}</h2>
      <p className={css.said}>{said}</p>
      <Button tone="primary" big autoFocus onClick={settle}>
        {say('ui.pda.understood')}
      </Button>
    </section>
  )
}
