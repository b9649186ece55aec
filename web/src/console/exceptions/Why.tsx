import type { Event, Order, Rule } from '../../api/types.gen.ts'
import { money, number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { has, name, say } from '../../shared/words.ts'
import { Card, Facts } from '../../ui/Card.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { When } from '../../ui/When.tsx'
import { Places } from '../order/Places.tsx'
import css from './Exceptions.module.css'
import { evidence, lastVerdict, type Verdict } from './verdict.ts'

/** The right pane: which rule stopped the order, on what evidence, and the record of the decision. */
export function Why({ order: o, events }: { order: Order; events: Event[] }) {
  const { data } = useGet('list-rules')
  const verdict = lastVerdict(events)
  const rules = new Map((data?.rules ?? []).map(r => [r.id, r]))
  return (
    <aside className={css.why} aria-label={say('ui.exceptions.why')}>
      {verdict && verdict.reasons.length > 0 && (
        <Card title={say('ui.exceptions.why')}>
          {verdict.reasons.map(r => (
            <Stopped
              key={`${r.rule} ${r.code}`}
              reason={r}
              rule={rules.get(r.rule)}
              inputs={verdict.inputs}
              currency={o.currency}
            />
          ))}
        </Card>
      )}
      {o.back_orders.length > 0 && <Places events={events} />}
      {verdict && <Record verdict={verdict} rules={rules} />}
      <Card title={say('ui.order.timeline')}>
        <Timeline list={events.map(e => ({ id: e.id, at: e.at, actor: e.actor, text: e.text ?? e.kind }))} />
      </Card>
    </aside>
  )
}

const title = (rule: Rule | undefined, id: string) => {
  if (!rule) return id
  return rule.name.startsWith('review.rule.') ? say(rule.name) : rule.name
}

function Stopped({
  reason,
  rule,
  inputs,
  currency,
}: {
  reason: Verdict['reasons'][number]
  rule: Rule | undefined
  inputs: Record<string, unknown>
  currency: string
}) {
  const facts = evidence(rule, inputs)
  return (
    <div className={css.stopped}>
      <p className={css.rule}>
        <strong>{title(rule, reason.rule)}</strong>
        {reason.version > 0 && <span className={css.quiet}>{say('ui.exceptions.version', { n: reason.version })}</span>}
      </p>
      {facts.length > 0 && (
        <Facts
          list={facts.map(([path, value]) => [called(path), <span key={path}>{shown(path, value, currency)}</span>])}
        />
      )}
      {rule && (
        <details>
          <summary>{say('ui.exceptions.expression')}</summary>
          <pre className={css.expr}>{rule.expr}</pre>
        </details>
      )}
    </div>
  )
}

/** What people call a fact; one without words stands as rules name it. */
const called = (path: string) => {
  const code = `ui.fact.${path.replaceAll('.', '_')}`
  return has(code) ? say(code) : path
}

/** Facts whose values have names, and by which area of the words. */
const named: Record<string, string> = {
  'order.kind': 'order.kind',
  'order.payment': 'review.term',
  'address.missing': 'review.term',
  'address.problems': 'review.term',
}

/** Rules reckon in the smallest unit of the currency. */
const amounts = new Set(['order.total', 'order.paid_amount'])

function amountOf(units: number, currency: string) {
  const form = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  const digits = form.maximumFractionDigits ?? 2
  return money((units / 10 ** digits).toFixed(digits), currency)
}

function shown(path: string, value: unknown, currency: string): string {
  if (Array.isArray(value)) return value.map(v => shown(path, v, currency)).join(say('ui.exceptions.between'))
  if (typeof value === 'boolean') return say(value ? 'ui.exceptions.yes' : 'ui.exceptions.no')
  if (typeof value === 'number') return amounts.has(path) ? amountOf(value, currency) : number(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  const area = named[path]
  return area ? name(area, value) : value
}

function Record({ verdict: v, rules }: { verdict: Verdict; rules: Map<string, Rule> }) {
  return (
    <Card title={say('ui.exceptions.record')}>
      <Facts
        list={[
          [say('ui.exceptions.judged'), <When key="at" at={v.at} as="clock" />],
          [say('ui.exceptions.ruleset'), <code key="set">{v.ruleset.slice(0, 12)}</code>],
          [say('ui.exceptions.fired'), v.fired.map(id => title(rules.get(id), id)).join(', ')],
          [
            say('ui.exceptions.not_fired'),
            v.passed.length > 0 && (
              <details key="passed">
                <summary>{say('ui.exceptions.rules', { n: v.passed.length })}</summary>
                {v.passed.map(id => title(rules.get(id), id)).join(', ')}
              </details>
            ),
          ],
        ]}
      />
    </Card>
  )
}
