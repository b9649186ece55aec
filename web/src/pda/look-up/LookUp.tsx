import { useEffect, useState } from 'react'
import { calm, give } from '../../shared/feedback.ts'
import { number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { useStore } from '../../shared/store.ts'
import { warehouse } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Facts } from '../../ui/Card.tsx'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { BinCode } from '../BinCode.tsx'
import css from '../Frame.module.css'
import { GoodsCard } from '../GoodsCard.tsx'

/** Scan anything that stands in the warehouse and see what it is. */
export default function LookUp() {
  const [code, setCode] = useState('')
  const node = useStore(warehouse)
  const { data, error, isFetching } = useGet('lookup', { query: { code, node } }, { enabled: code !== '' })
  useEffect(() => {
    if (!code || isFetching) return
    if (error) give('wrong', error.message)
    else if (data) give('right', data.location ?? data.sku ?? code)
  }, [code, data, error, isFetching])
  useEffect(() => calm, [])
  return (
    <div className={css.stack}>
      <ScanPrompt text={say('ui.pda.scan_anything')} onScan={setCode} />
      {data && !error && code && (
        <section className={css.box}>
          <p className={css.big}>{data.location ?? data.sku}</p>
          <Facts
            list={[
              [say('ui.pda.goods'), data.title],
              [say('ui.pda.factor'), data.factor && data.factor > 1 ? data.factor : undefined],
              [say('ui.pda.available'), data.sku ? data.available : undefined],
              [say('ui.pda.lot'), data.lot],
              [say('ui.pda.expires'), data.expires_on],
              [say('ui.warehouse'), data.nodes?.join(', ')],
            ]}
          />
        </section>
      )}
      {data?.sku && !error && <Where sku={data.sku} node={node} />}
      {data?.location && !error && <Inside location={data.location} node={node} />}
    </div>
  )
}

const most = 4

/** Where goods stand, the fullest place first. */
function Where({ sku, node }: { sku: string; node: string }) {
  const { data } = useGet('list-shelves', { query: { sku, node } })
  return [...(data?.shelves ?? [])]
    .filter(s => s.on_hand > 0)
    .sort((a, b) => b.on_hand - a.on_hand)
    .slice(0, most)
    .map(s => (
      <div key={`${s.location} ${s.lot} ${s.quality}`} className={css.place}>
        <BinCode code={s.location} zone={s.zone} quiet />
        <span>{say('ui.floor.there', { n: number(s.on_hand) })}</span>
      </div>
    ))
}

/** What stands in a place. */
function Inside({ location, node }: { location: string; node: string }) {
  const { data } = useGet('list-shelves', { query: { location, node } })
  if (data?.shelves.length === 0) return <p>{say('ui.floor.empty_bin')}</p>
  return data?.shelves.map(s => (
    <GoodsCard key={`${s.sku} ${s.lot} ${s.quality}`} {...s} n={s.on_hand} of={say('ui.floor.pieces')} />
  ))
}
