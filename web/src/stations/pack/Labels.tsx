import { CircleCheck, CircleDashed, CircleX, FileWarning } from 'lucide-react'
import { moment, weight } from '../../shared/format.ts'
import { name, say } from '../../shared/words.ts'
import { Money } from '../../ui/Money.tsx'
import { Skeleton } from '../../ui/States.tsx'
import { When } from '../../ui/When.tsx'
import css from './Pack.module.css'
import type { Labels as Doing, LabelState } from './useLabels.ts'

const steps: LabelState[] = ['asking', 'queued', 'sent', 'printed', 'done']

/** Carrier, price, promise, and how far each label is. */
export function Labels({ labels }: { labels: Doing }) {
  if (labels.loading) return <Skeleton rows={4} />
  return (
    <>
      <h2 className={css.heading}>{say('ui.pack.label')}</h2>
      {labels.list.map(({ parcel: p, state }) => (
        <article key={p.id} className={css.parcel} data-label={state}>
          <header>
            <Sign state={state} />
            <strong>{say(`ui.pack.label.${state}`)}</strong>
            {labels.list.length > 1 && <span>#{p.no}</span>}
          </header>
          {(p.why || (state === 'refused' && labels.refusal)) && (
            <p className={css.problem}>{p.why || labels.refusal}</p>
          )}
          <ol className={css.steps} aria-label={say('ui.pack.label')}>
            {steps.map(x => (
              <li key={x} data-on={steps.indexOf(x) <= reached(state) || undefined}>
                {say(`ui.pack.step.${x}`)}
              </li>
            ))}
          </ol>
          {p.shipment?.waybill && <p className={css.waybill}>{p.shipment.waybill}</p>}
          {p.shipment && (
            <p>
              {p.shipment.carrier} {name('ship.service', p.shipment.service)} ·{' '}
              <Money amount={p.shipment.cost} currency={p.shipment.currency} /> · {p.carton} ·{' '}
              {weight(p.weight_g || p.expected_g)}
            </p>
          )}
          {p.shipment?.promised_by && (
            <p title={moment(p.shipment.promised_by)}>
              {say('ui.pack.promised')} <When at={p.shipment.promised_by} as="clock" />
            </p>
          )}
        </article>
      ))}
      <p className={css.quiet}>{say('ui.pack.f2')}</p>
    </>
  )
}

const alongside: Partial<Record<LabelState, LabelState>> = {
  uncertain: 'sent',
  failed: 'queued',
  no_printer: 'asking',
  refused: 'asking',
}

const reached = (s: LabelState) => steps.indexOf(alongside[s] ?? s)

function Sign({ state }: { state: LabelState }) {
  if (state === 'failed' || state === 'refused') return <CircleX size={24} aria-hidden="true" />
  if (state === 'no_printer' || state === 'uncertain') return <FileWarning size={24} aria-hidden="true" />
  if (state === 'printed' || state === 'done') return <CircleCheck size={24} aria-hidden="true" />
  return <CircleDashed size={24} aria-hidden="true" />
}
