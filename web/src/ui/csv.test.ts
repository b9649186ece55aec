import { describe, expect, it } from 'vitest'
import { csv } from './csv.ts'

describe('an export', () => {
  it('keeps commas and quotation marks, and runs nothing', async () => {
    const text = await csv(
      ['no', 'note'],
      [
        ['A1', 'say "hi", please'],
        ['=1+1', undefined],
        [12, '-5'],
      ],
    ).text()
    expect(text.replace(/^\ufeff/, '')).toBe('no,note\r\nA1,"say ""hi"", please"\r\n\'=1+1,\r\n12,\'-5\r\n')
  })
})
