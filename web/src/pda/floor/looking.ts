import type { Lookup } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { give } from '../../shared/feedback.ts'
import { type Done, newEntry } from '../../shared/outbox.ts'
import { useStore } from '../../shared/store.ts'
import { warehouse } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { toast } from '../../ui/Toast.tsx'
import { box } from '../box.ts'

const hold = 8_000 // for so long what was booked stays on the device and may be taken back

/** Asks what a code is and hands it on; what nobody knows is told at once. */
export function useLooking(): (code: string, found: (x: Lookup) => void) => void {
  const node = useStore(warehouse)
  return (code, found) => {
    call('lookup', { query: { code, node } })
      .then(found)
      .catch((e: Error) => give('wrong', e.message))
  }
}

/** Keeps a change of stock to be sent, says so, and lets it be taken back while it is here. */
export async function book(done: Pick<Done, 'op' | 'path' | 'body'>, text: string, undone: () => void) {
  const entry = newEntry(done, hold)
  await box.step([entry])
  give('done', text)
  toast(text, async () => {
    if (await box.takeBack([entry.id])) {
      give('right', say('ui.pda.undone'))
      undone()
    } else give('wrong', say('ui.pda.sent_already'))
  })
}
