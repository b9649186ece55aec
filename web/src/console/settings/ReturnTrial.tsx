import { useState } from 'react'
import type { Policy, TriedReturn } from '../../api/types.gen.ts'
import { money, number } from '../../shared/format.ts'
import { name, say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { When } from '../../ui/When.tsx'
import { OrderField } from './OrderField.tsx'
import css from './Settings.module.css'
import { useTrial } from './useTrial.ts'

/** What the policy as it is typed would do with an order, were everything that is left of it asked for now. */
export function ReturnTrial({ policy }: { policy: Policy }) {
  const [order, setOrder] = useState('')
  const { data, error } = useTrial('try-return-policy', { path: { id: order }, body: { policy } }, order !== '')
  return (
    <Card title={say('ui.return_policy.trial')}>
      <div className={css.tried}>
        <div className={css.one}>
          <OrderField value={order} onChange={setOrder} />
        </div>
        {order === '' && <p className={css.quiet}>{say('ui.return_policy.trial_about')}</p>}
        {error && (
          <p className={css.bad} role="alert">
            {error.message}
          </p>
        )}
        {order !== '' && !error && data && (
          <>
            <p className={css.quiet}>
              {data.delivered_at ? say('ui.return_policy.delivered') : say('ui.return_policy.not_delivered')}{' '}
              {data.delivered_at && <When at={data.delivered_at} />} {say('ui.return_policy.send_by')}{' '}
              <When at={data.send_by} />
            </p>
            <Table
              head={[
                { title: say('ui.return_policy.kind') },
                { title: say('ui.return_policy.pieces'), num: true },
                { title: say('ui.return_policy.value'), num: true },
                { title: say('ui.return_policy.what') },
                { title: say('ui.return_policy.why') },
                { title: say('ui.return_policy.money') },
              ]}
              rows={data.kinds.map(k => ({
                key: k.kind,
                cells: [
                  name('aftersales.kind', k.kind),
                  number(k.units),
                  k.units ? money(k.value, data.currency) : '',
                  <Verdict key="what" k={k} />,
                  k.why,
                  k.paid_why && (
                    <span key="money">
                      <b>{say(k.paid ? 'ui.return_policy.paid' : 'ui.return_policy.asks')}</b> {k.paid_why}
                    </span>
                  ),
                ],
              }))}
            />
          </>
        )}
      </div>
    </Card>
  )
}

function Verdict({ k }: { k: TriedReturn }) {
  const state = k.units === 0 ? 'nothing' : k.approved ? 'approved' : 'person'
  const tone = { nothing: 'cancelled', approved: 'delivered', person: 'hold' } as const
  return <StateBadge area="" value={state} tone={tone[state]} text={say(`ui.return_policy.verdict_${state}`)} />
}
