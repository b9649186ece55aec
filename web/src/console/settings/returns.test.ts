import { expect, test } from 'vitest'
import { returnForm, returnPolicy } from './returns.ts'

const policy = {
  windows: { return: 7, refused: 30 },
  kinds: ['return', 'refused'],
  limit: 50000,
  refund: 1999,
  send_within: 14,
  phone: '021-5550',
}

test('a policy that nobody touched is saved as it was, in every currency', () => {
  for (const currency of ['CNY', 'JPY', 'KWD'])
    expect(returnPolicy(returnForm(policy, currency), policy, currency)).toEqual(policy)
  expect(returnForm(policy, 'CNY').refund).toBe('19.99')
  expect(returnForm(policy, 'JPY').refund).toBe('1999')
})

test('empty days are no window, and what the form does not show stays', () => {
  const f = returnForm(policy, 'CNY')
  const to = returnPolicy(
    { ...f, windows: { ...f.windows, return: '', exchange: '15' }, kinds: ['exchange'] },
    policy,
    'CNY',
  )
  expect(to.windows).toEqual({ refused: 30, exchange: 15 })
  expect(to.kinds).toEqual(['exchange', 'refused'])
})
