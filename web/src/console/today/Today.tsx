import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Alarms } from './Alarms.tsx'
import { Cutoffs } from './Cutoffs.tsx'
import { Mine } from './Mine.tsx'
import { Saved } from './Saved.tsx'
import css from './Today.module.css'
import { Trend } from './Trend.tsx'
import { useNow } from './useNow.ts'

/** Home: what needs me now, the countdown of every collection, what is wrong, and how the day goes. */
export default function Today() {
  const { at } = useWarehouses()
  const now = useNow(at?.code)
  const today = useGet(
    'get-today',
    { query: { node: at?.code } },
    { every: 20_000, follows: ['wave'], enabled: may('orders:read') },
  )
  return (
    <div className={css.page}>
      <section aria-label={say('ui.today.mine')}>
        <Mine now={now} today={today.data} />
      </section>
      <div className={css.columns}>
        <Cutoffs today={today} />
        <div className={css.column}>
          <Alarms now={now} today={today.data} />
          <Trend today={today.data} figures={now.exceptions} />
          <Saved node={at?.code} />
        </div>
      </div>
    </div>
  )
}
