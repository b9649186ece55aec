import type { ReactNode } from 'react'
import { number } from '../shared/format.ts'
import { say } from '../shared/words.ts'
import css from './GoodsCard.module.css'

interface Props {
  title: string
  sku: string
  lot?: string
  /** A number in large, with what it is of. */
  n?: number
  of?: string
  /** The person stands before it. */
  now?: boolean
  children?: ReactNode
}

/** Goods: their name, the end of their code in large, and how many. */
export function GoodsCard({ title, sku, lot, n, of, now, children }: Props) {
  return (
    <section className={css.card} data-now={now || undefined} aria-label={say('ui.pda.goods')}>
      <div className={css.what}>
        <p className={css.title}>{title}</p>
        <p className={css.code}>
          {sku.slice(0, -4)}
          <strong>{sku.slice(-4)}</strong>
        </p>
        {lot && <p className={css.lot}>{say('ui.pda.lot_is', { lot })}</p>}
        {children}
      </div>
      {n !== undefined && (
        <p className={css.left}>
          <strong data-n={n} data-long={n >= 1000 || undefined}>
            {number(n)}
          </strong>
          <span>{of}</span>
        </p>
      )}
    </section>
  )
}
