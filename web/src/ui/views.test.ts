import { describe, expect, it } from 'vitest'
import { merge } from './views.ts'

describe('the filters of a list', () => {
  const fields = ['review', 'channel', 'q']
  it('are the view’s with those of the address over them', () => {
    expect(merge({ review: 'held' }, { channel: 'flagship', view: 'x' }, fields)).toEqual({
      review: 'held',
      channel: 'flagship',
    })
  })
  it('can be lifted by the address', () => {
    expect(merge({ review: 'held' }, { review: '-' }, fields)).toEqual({})
  })
})
