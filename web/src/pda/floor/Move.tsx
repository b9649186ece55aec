import { useState } from 'react'
import type { Lookup, Shelf } from '../../api/types.gen.ts'
import { give } from '../../shared/feedback.ts'
import { number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { useStore } from '../../shared/store.ts'
import { warehouse } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { BinCode } from '../BinCode.tsx'
import { GoodsCard } from '../GoodsCard.tsx'
import { Keypad } from '../Keypad.tsx'
import css from './Floor.module.css'
import { book, useLooking } from './looking.ts'

const free = (s: Shelf) => s.on_hand - s.reserved

/** Moving: scan where the goods stand, the goods, how many, and where they go. */
export default function Move() {
  const node = useStore(warehouse)
  const [from, setFrom] = useState('')
  const [goods, setGoods] = useState<Shelf | null>(null)
  const [n, setN] = useState(0)
  const look = useLooking()
  const here = useGet('list-shelves', { query: { node, location: from } }, { enabled: from !== '' })
  const shelves = (from && here.data?.shelves.filter(s => s.location === from)) || []
  const again = () => {
    setGoods(null)
    setN(0)
  }
  const put = (to: string) => {
    if (!goods) return
    const { sku, lot, quality } = goods
    const body = { kind: 'move' as const, sku, node, location: from, to, quantity: n, lot, quality: quality as 'good' }
    again()
    setFrom('')
    void book({ op: 'change-stock', body }, say('ui.floor.moved', { n: number(n), bin: to }), again)
  }
  const found = (x: Lookup) => {
    if (x.location) {
      if (goods && n > 0 && x.location !== from) return put(x.location)
      if (goods && n > 0) return give('wrong', say('ui.floor.same_bin'))
      again()
      setFrom(x.location)
      return give('right', x.location)
    }
    if (!from) return give('wrong', say('ui.floor.bin_first'))
    const s = shelves.find(s => s.sku === x.sku && free(s) > 0 && (!x.lot || s.lot === x.lot))
    if (!s) return give('wrong', say('ui.floor.not_here', { sku: x.sku }))
    setGoods(s)
    setN(was => (goods?.sku === s.sku ? Math.min(was + (x.factor ?? 1), free(s)) : 0))
    give('right', s.sku)
  }
  return (
    <div className={css.page}>
      <ScanPrompt
        key={`${from} ${goods?.sku} ${n}`}
        text={instruction(from, goods, n)}
        onScan={code => look(code, found)}
      />
      {from && <BinCode code={from} zone={shelves[0]?.zone} quiet />}
      {goods ? (
        <>
          <GoodsCard {...goods} n={n || free(goods)} of={say(n ? 'ui.floor.in_hand' : 'ui.floor.free')} now />
          {n === 0 && <Keypad most={free(goods)} onEnter={setN} />}
          {n > 0 && <Button onClick={again}>{say('ui.floor.other')}</Button>}
        </>
      ) : from ? (
        <Contents list={shelves} loading={here.isPending} error={here.error} onPick={setGoods} />
      ) : (
        <p className={css.hint}>{say('ui.floor.move_hint')}</p>
      )}
    </div>
  )
}

function instruction(from: string, goods: Shelf | null, n: number) {
  if (!from) return say('ui.floor.scan_from')
  if (!goods) return say('ui.floor.scan_item')
  return say(n > 0 ? 'ui.floor.scan_to' : 'ui.floor.how_many')
}

interface Props {
  list: Shelf[]
  loading: boolean
  error: Error | null
  onPick(s: Shelf): void
}

function Contents({ list, loading, error, onPick }: Props) {
  if (loading) return <Skeleton rows={3} />
  if (error) return <ErrorState error={error} />
  if (list.length === 0) return <p className={css.hint}>{say('ui.floor.empty_bin')}</p>
  return list.map(s => (
    <button
      key={`${s.sku} ${s.lot} ${s.quality}`}
      type="button"
      className={css.row}
      disabled={free(s) === 0}
      onClick={() => onPick(s)}
    >
      <GoodsCard {...s} n={free(s)} of={say('ui.floor.free')} />
    </button>
  ))
}
