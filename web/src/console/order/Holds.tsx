import { Pause } from 'lucide-react'
import type { Order } from '../../api/types.gen.ts'
import { here } from '../../shared/format.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { actorName } from '../../ui/Timeline.tsx'
import { toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { release } from '../orders/acts.ts'
import css from './Order.module.css'

/** What stops an order, each reason with who has to act, until when, and its release. */
export function Holds({ order }: { order: Order }) {
  return order.holds
    .filter(h => !h.released_at)
    .map(h => (
      <div key={h.id} className={css.hold} role="note">
        <Pause size={18} aria-hidden="true" />
        <div>
          <strong>{here(h.text)}</strong> {h.note}
          <div>
            {say('ui.order.hold_by', { owner: h.owner, who: actorName(h.placed_by) })} · <When at={h.placed_at} />
            {h.until && (
              <>
                {' '}
                · {say('ui.order.hold_until')} <When at={h.until} as="clock" />
              </>
            )}
          </div>
        </div>
        {may('orders:write') && (
          <Button onClick={() => void release(order.id, order.external_no, h).catch(toastError)}>
            {say('ui.order.release')}
          </Button>
        )}
      </div>
    ))
}
