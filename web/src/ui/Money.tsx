import { money } from '../shared/format.ts'

/** An amount of a currency. quietZero shows nothing where there is nothing. */
export function Money({ amount, currency, quietZero }: { amount?: string; currency: string; quietZero?: boolean }) {
  if (!amount || (quietZero && Number(amount) === 0)) return <span>—</span>
  return <span style={{ whiteSpace: 'nowrap' }}>{money(amount, currency)}</span>
}
