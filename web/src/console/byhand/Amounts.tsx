import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Table } from '../../ui/Card.tsx'
import css from './ByHand.module.css'

/** Goods of which some or all are chosen. */
export interface Stock {
  key: string
  sku: string
  line: number
  there: number
  from?: string
}

/** How many of each go, from none to all. */
export function Amounts({
  list,
  chosen,
  focus,
  onChange,
}: {
  list: Stock[]
  chosen: Record<string, number>
  /** The first amount is where one writes. */
  focus?: boolean
  onChange(chosen: Record<string, number>): void
}) {
  return (
    <Table
      head={[
        { title: say('ui.order.sku') },
        { title: say('ui.byhand.from') },
        { title: say('ui.byhand.there'), num: true },
        { title: say('ui.byhand.goes'), num: true },
      ]}
      rows={list.map((s, i) => ({
        key: s.key,
        cells: [
          <span key="sku" className="code">
            {s.sku}
          </span>,
          s.from ?? say('ui.byhand.nowhere'),
          number(s.there),
          <input
            key="n"
            className={css.amount}
            type="number"
            autoFocus={focus && i === 0}
            onFocus={e => e.target.select()}
            inputMode="numeric"
            min={0}
            max={s.there}
            aria-label={say('ui.byhand.goes_of', { sku: s.sku })}
            value={chosen[s.key] ?? 0}
            onChange={e =>
              onChange({ ...chosen, [s.key]: Math.max(0, Math.min(s.there, Math.trunc(Number(e.target.value)) || 0)) })
            }
          />,
        ],
      }))}
    />
  )
}
