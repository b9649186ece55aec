import { useState } from 'react'
import type { Query } from '../../shared/api.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Combobox } from '../../ui/Combobox.tsx'

/** A SKU by code and owner, as one text. */
export const skuKey = (sku: string, owner?: string) => `${sku}\n${owner ?? ''}`
export const skuOf = (key: string) => {
  const [sku = '', owner = ''] = key.split('\n')
  return { sku, owner: owner || undefined }
}

/** A SKU of the catalogue, found by how its code begins. */
export function SkuField({ value, onChange, focus }: { value: string; onChange(v: string): void; focus?: boolean }) {
  const [typed, setTyped] = useState('')
  const read = useGet('list-skus', { query: { query: typed.split(' ')[0], limit: 20 } as Query<'list-skus'> })
  const options = (read.data?.skus ?? []).map(s => ({
    value: skuKey(s.sku, s.owner),
    text: [s.sku, s.title, s.owner && `(${s.owner})`].filter(Boolean).join(' '),
  }))
  const { sku } = skuOf(value)
  if (value && !options.some(o => o.value === value)) options.unshift({ value, text: sku })
  return (
    <Combobox
      name="sku"
      label={say('ui.channels.sku')}
      hint={say('ui.channels.sku_hint')}
      options={options}
      value={value}
      onChange={onChange}
      onType={setTyped}
      must
      focus={focus}
    />
  )
}
