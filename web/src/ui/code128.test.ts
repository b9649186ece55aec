import { expect, it } from 'vitest'
import { code128 } from './code128.ts'

// As the writer of the labels (boombuler/barcode) draws them.
const drawn: Record<string, string> = {
  'PH-NEXT': '2112143131212311131221321133211321133311212133112221222331112',
  'PH-BOX1': '2112143131212311131221321311231331213311211232211411222331112',
  'PH-NOSCALE': '2112143131212311131221321133211331212131131313211113231321311321131312222331112',
}

it('writes start, characters, check character and stop as another writer does', () => {
  for (const [text, bars] of Object.entries(drawn)) expect(code128(text)?.join('')).toBe(bars)
})

it('writes nothing for what the set does not have', () => {
  expect(code128('')).toBeUndefined()
  expect(code128('PH-\u7bb1')).toBeUndefined()
})
