import { ArrowUp, Check, ScanLine, Wine } from 'lucide-react'
import type { BenchLine } from '../../api/types.gen.ts'
import { say } from '../../shared/words.ts'
import { EmptyState } from '../../ui/States.tsx'
import css from './Pack.module.css'
import type { State } from './work.ts'

/** The goods to be verified, each with how many are in hand; of a walk for several orders, the orders. */
export function Lines({ state: s }: { state: State }) {
  if (s.at) {
    return (
      <ol className={css.lines}>
        {s.at.lines.map(l => (
          <Row key={l.sku} line={l} got={s.got[l.sku] ?? 0} />
        ))}
      </ol>
    )
  }
  if (s.bench?.bulk)
    return <EmptyState title={say('ui.pack.bulk', { n: s.bench.bulk.waiting })} text={say('ui.pack.bulk_text')} />
  const open = (s.bench?.work ?? []).filter(w => w.status === 'picked')
  if (open.length === 0) return <EmptyState title={say('ui.pack.nothing')} text={say('ui.pack.nothing_text')} />
  return (
    <ol className={css.lines}>
      {open.map(w => (
        <li key={w.id} className={css.line}>
          <span className={css.goods}>
            <span className="code">{w.order_no}</span>
            <span className={css.title}>{w.lines.map(l => l.title).join(' · ')}</span>
          </span>
          <span className={css.count}>{w.lines.reduce((n, l) => n + l.quantity, 0)}</span>
        </li>
      ))}
    </ol>
  )
}

function Row({ line: l, got }: { line: BenchLine; got: number }) {
  const done = got >= l.quantity
  return (
    <li className={css.line} data-done={done || undefined} data-begun={(got > 0 && !done) || undefined}>
      <span className={css.tick} aria-hidden="true">
        {done ? <Check size={28} strokeWidth={3} /> : <ScanLine size={22} />}
      </span>
      <span className={css.goods}>
        <span className={css.sku}>
          {l.sku}
          {l.fragile && <Wine size={18} aria-label={say('ui.pack.fragile')} />}
          {l.this_side_up && <ArrowUp size={18} aria-label={say('ui.pack.up')} />}
        </span>
        <span className={css.title}>{l.title}</span>
      </span>
      <span className={css.count}>
        {got}
        <small> / {l.quantity}</small>
      </span>
    </li>
  )
}
