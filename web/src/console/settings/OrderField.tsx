import { useState } from 'react'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Combobox, type Option } from '../../ui/Combobox.tsx'

/** An order, found by whatever the search knows it by; the newest stand there at once. */
export function OrderField({ value, onChange }: { value: string; onChange(id: string): void }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<Option>()
  const q = typed === chosen?.text ? '' : typed.trim()
  const found = useGet('search-orders', { query: { q, limit: 12 } }, { enabled: q.length > 1 })
  const newest = useGet('list-orders', { query: { limit: 12 } })
  const list = (q.length > 1 ? found.data?.orders : newest.data?.orders) ?? []
  const options = list.map(o => ({ value: o.id, text: `${o.external_no} · ${o.channel}` }))
  if (chosen && !options.some(o => o.value === chosen.value)) options.unshift(chosen)
  return (
    <Combobox
      name="order"
      label={say('ui.trial.order')}
      hint={say('ui.trial.order_hint')}
      value={value}
      onChange={id => {
        setChosen(options.find(o => o.value === id))
        onChange(id)
      }}
      onType={setTyped}
      options={options}
    />
  )
}
