import { ArrowLeftRight, SlidersHorizontal } from 'lucide-react'
import type { Shelf } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Table } from '../../ui/Card.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState } from '../../ui/States.tsx'
import css from './Stock.module.css'

interface Props {
  list: Shelf[]
  /** Reserved is not known of the past. */
  past?: boolean
  onChange?(s: Shelf, move: boolean): void
}

/** Where goods stand, place by place. */
export function Shelves({ list, past, onChange }: Props) {
  if (list.length === 0) return <EmptyState title={say(past ? 'ui.stock.nothing_then' : 'ui.stock.nothing_stands')} />
  return (
    <Table
      head={[
        { title: say('ui.warehouse') },
        { title: say('ui.stock.location') },
        { title: say('ui.stock.kind') },
        { title: say('ui.stock.lot') },
        { title: say('ui.stock.quality') },
        { title: say('ui.stock.on_hand'), num: true },
        ...(past ? [] : [{ title: say('ui.stock.bound'), num: true }]),
        ...(onChange ? [{ title: say('ui.stock.acts') }] : []),
      ]}
      rows={list.map(s => ({
        key: `${s.node} ${s.location} ${s.lot} ${s.quality}`,
        cells: [
          s.node,
          <span key="at" className="code">
            {s.location}
          </span>,
          say(`ui.stock.place.${s.kind}`),
          s.lot ? `${s.lot}${s.expires_on && s.expires_on !== s.lot ? ` (${s.expires_on})` : ''}` : '—',
          s.quality === 'good' ? (
            say(`ui.stock.quality.${s.quality}`)
          ) : (
            <StateBadge
              key="q"
              area="stock"
              value={s.quality}
              tone="exception"
              text={say(`ui.stock.quality.${s.quality}`)}
            />
          ),
          number(s.on_hand),
          ...(past ? [] : [number(s.reserved)]),
          ...(onChange
            ? [
                <span key="acts" className={css.acts}>
                  <Button
                    tone="quiet"
                    icon={<SlidersHorizontal size={14} />}
                    aria-label={say('ui.stock.adjust')}
                    title={say('ui.stock.adjust')}
                    onClick={() => onChange(s, false)}
                  />
                  <Button
                    tone="quiet"
                    icon={<ArrowLeftRight size={14} />}
                    aria-label={say('ui.stock.move')}
                    title={say('ui.stock.move')}
                    onClick={() => onChange(s, true)}
                  />
                </span>,
              ]
            : []),
        ],
      }))}
    />
  )
}
