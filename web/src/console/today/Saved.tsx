import { money, number, percent } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import css from './Today.module.css'

/** What the decisions of the last 24 hours saved, and against what. Nothing until something was decided. */
export function Saved({ node }: { node: string | undefined }) {
  const { data: s } = useGet(
    'get-savings',
    { query: { warehouse: node } },
    { every: 300_000, enabled: may('orders:read') },
  )
  if (!s || s.walks.waves + s.cartons.fulfilments === 0) return null
  const metres = s.walks.plain_metres - s.walks.metres
  const parts = [
    s.walks.plain_metres > 0 && {
      key: 'walks',
      value: say('ui.today.saved.km', { km: number(metres / 1000, 1) }),
      text: say('ui.today.saved.walks', { share: percent(metres / s.walks.plain_metres) }),
    },
    s.cartons.fulfilments > 0 && {
      key: 'cartons',
      value: money(s.saved, s.currency),
      text: say(s.allocation?.orders ? 'ui.today.saved.both' : 'ui.today.saved.cartons', {
        parcels: s.cartons.parcels,
        plain: s.cartons.plain_parcels,
      }),
    },
  ].filter(p => p !== false)
  return (
    <Card title={say('ui.today.saved')}>
      <div className={css.trend}>
        {parts.map(p => (
          <p key={p.key}>
            <b>{p.value}</b> {p.text}
          </p>
        ))}
      </div>
    </Card>
  )
}
