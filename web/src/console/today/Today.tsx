import { Link } from 'wouter'
import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { EmptyState } from '../../ui/States.tsx'
import { Alarms } from './Alarms.tsx'
import { Cutoffs } from './Cutoffs.tsx'
import { useLeaving } from './Leaving.tsx'
import { Mine } from './Mine.tsx'
import { Saved } from './Saved.tsx'
import css from './Today.module.css'
import { Trend } from './Trend.tsx'
import { useNow } from './useNow.ts'

/** Home: what needs me now, the countdown of every collection, what is wrong, and how the day goes. */
export default function Today() {
  const { all, at, known } = useWarehouses()
  const now = useNow(at?.code)
  const today = useGet(
    'get-today',
    { query: { node: at?.code } },
    { every: 20_000, follows: ['wave'], enabled: may('orders:read') },
  )
  const leaving = useLeaving(today.data?.nodes)
  if (!may('orders:read')) return <EmptyState title={say('ui.today.nothing')} text={say('ui.today.nothing_text')} />
  return (
    <div className={css.page}>
      <section aria-label={say('ui.today.mine')}>
        <Mine now={now} today={today.data} />
      </section>
      <div className={css.columns}>
        {known && all.length === 0 ? <First /> : <Cutoffs today={today} open={leaving.open} />}
        <div className={css.column}>
          <Alarms now={now} today={today} />
          <Trend today={today.data} figures={now.exceptions} />
          <Saved node={at?.code} />
        </div>
      </div>
      {leaving.drawer}
    </div>
  )
}

/** A company that has nothing yet: where it begins. */
const First = () => (
  <EmptyState title={say('ui.warehouse.none')} text={say('ui.warehouse.none_text')}>
    <Link href="/settings">{say('ui.screen.settings')}</Link>
  </EmptyState>
)
