import { useState } from 'react'
import type { Lookup } from '../../api/types.gen.ts'
import { calm, give } from '../../shared/feedback.ts'
import { number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { useStore } from '../../shared/store.ts'
import { warehouse } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { BinCode } from '../BinCode.tsx'
import { GoodsCard } from '../GoodsCard.tsx'
import { Keypad } from '../Keypad.tsx'
import css from './Floor.module.css'
import { book, useLooking } from './looking.ts'

interface Held {
  item: Lookup
  n: number
  /** The number is settled: only the bin is missing. */
  counted?: boolean
}

/** Receiving and putting away: scan the goods, say how many, scan where they go. */
export default function Receive() {
  const node = useStore(warehouse)
  const [held, hold] = useState<Held | null>(null)
  const look = useLooking()
  const put = (to: string) => {
    if (!held) return
    const { sku = '', lot, expires_on } = held.item
    const body = { kind: 'receipt' as const, sku, node, location: to, quantity: held.n, lot, expires_on }
    hold(null)
    void book({ op: 'change-stock', body }, say('ui.floor.received', { n: number(held.n), bin: to }), () => hold(held))
  }
  const found = (x: Lookup) => {
    if (x.location && held) return put(x.location)
    if (!x.sku) return give('wrong', say('ui.floor.item_first'))
    const more = held && held.item.sku === x.sku && held.item.lot === x.lot ? held.n : 0
    if (held && !more) return give('wrong', say('ui.floor.put_first', { sku: held.item.sku }))
    calm()
    give('right', x.sku)
    hold({ item: x, n: more + (x.factor ?? 1) })
  }
  return (
    <div className={css.page}>
      <ScanPrompt key={held?.n ?? 0} text={instruction(held)} onScan={code => look(code, found)} />
      {held ? (
        <>
          <GoodsCard
            title={held.item.title ?? ''}
            sku={held.item.sku ?? ''}
            lot={held.item.lot}
            n={held.n}
            of={say('ui.floor.pieces')}
            now
          />
          {held.counted ? (
            <Suggested sku={held.item.sku ?? ''} node={node} />
          ) : (
            <Keypad key={held.n} begin={held.n} onEnter={n => n > 0 && hold({ ...held, n, counted: true })} />
          )}
        </>
      ) : (
        <p className={css.hint}>{say('ui.floor.receive_hint')}</p>
      )}
    </div>
  )
}

function instruction(held: Held | null) {
  if (!held) return say('ui.floor.scan_item')
  return say(held.counted ? 'ui.floor.scan_bin' : 'ui.floor.scan_more')
}

const suggested = 3

/** Where the goods stand already, the fullest first: that is where they are looked for. */
function Suggested({ sku, node }: { sku: string; node: string }) {
  const { data } = useGet('list-shelves', { query: { sku, node } })
  const places = (data?.shelves ?? []).filter(s => s.quality === 'good' && ['pick', 'reserve'].includes(s.kind))
  const best = [
    ...new Map(
      places.sort((a, b) => a.kind.localeCompare(b.kind) || b.on_hand - a.on_hand).map(s => [s.location, s]),
    ).values(),
  ]
  return (
    <div className={css.places}>
      <p className={css.hint}>{say(best.length > 0 ? 'ui.floor.suggested' : 'ui.floor.nowhere')}</p>
      {best.slice(0, suggested).map(s => (
        <div key={s.location} className={css.place}>
          <BinCode code={s.location} zone={s.zone} quiet />
          <span>{say('ui.floor.there', { n: number(s.on_hand) })}</span>
        </div>
      ))}
    </div>
  )
}
