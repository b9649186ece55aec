import { useEffect, useState } from 'react'
import { calm, give } from '../../shared/feedback.ts'
import { useGet } from '../../shared/query.ts'
import { useStore } from '../../shared/store.ts'
import { warehouse } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Facts } from '../../ui/Card.tsx'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import css from '../Frame.module.css'

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
    <>
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
    </>
  )
}
