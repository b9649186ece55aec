import { Link } from 'wouter'
import type { RuleTrialResult } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import { Skeleton } from '../../ui/States.tsx'
import css from './Rules.module.css'

const outcomes = ['pass', 'hold', 'reject'] as const

/** What the rule would do to the newest orders, beside what holds now. */
export function Trial({ result, busy, tried }: { result?: RuleTrialResult; busy: boolean; tried: boolean }) {
  return (
    <Card title={say('ui.rules.trial')}>
      {busy && !result && <Skeleton rows={4} />}
      {!busy && !result && <p className={css.quiet}>{say('ui.rules.trial_none')}</p>}
      {result && (
        <div className={tried ? undefined : css.old}>
          {!tried && <p className={css.quiet}>{say('ui.rules.trial_old')}</p>}
          <p className={css.big} role="status">
            {say('ui.rules.trial_sum', {
              orders: number(result.orders),
              fired: number(result.fired),
              changed: number(result.changed),
            })}
          </p>
          {result.failed > 0 && <p className={css.bad}>{say('ui.rules.trial_failed', { n: result.failed })}</p>}
          <Table
            head={[
              { title: say('ui.rules.outcome') },
              { title: say('ui.rules.now'), num: true },
              { title: say('ui.rules.then'), num: true },
              { title: say('ui.rules.difference'), num: true },
            ]}
            rows={outcomes.map(o => ({
              key: o,
              cells: [
                say(`ui.rules.outcome_${o}`),
                number(result.before[o]),
                number(result.after[o]),
                signed(result.after[o] - result.before[o]),
              ],
            }))}
          />
          {result.changes.length > 0 && (
            <>
              <h3 className={css.sub}>{say('ui.rules.changes', { n: result.changes.length })}</h3>
              <Table
                head={[
                  { title: say('ui.rules.order_no') },
                  { title: say('ui.rules.now') },
                  { title: say('ui.rules.then') },
                ]}
                rows={result.changes.map(c => ({
                  key: c.order,
                  cells: [
                    <Link key="no" href={`/orders/${c.order}`}>
                      {c.external_no}
                    </Link>,
                    say(`ui.rules.outcome_${c.from}`),
                    say(`ui.rules.outcome_${c.to}`),
                  ],
                }))}
              />
            </>
          )}
        </div>
      )}
    </Card>
  )
}

const signed = (n: number) => (n > 0 ? `+${number(n)}` : n < 0 ? `−${number(-n)}` : '0')
