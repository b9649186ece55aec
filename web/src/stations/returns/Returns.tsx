import { PackageX } from 'lucide-react'
import type { Case, UnknownParcel } from '../../api/types.gen.ts'
import { useKeys } from '../../shared/keys.ts'
import { useGet } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Photos } from '../../ui/Photos.tsx'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { When } from '../../ui/When.tsx'
import { SheetButton } from '../Sheet.tsx'
import { useDeskPlace, Where } from '../Where.tsx'
import { linesOf, verdicts } from './desk.ts'
import css from './Returns.module.css'
import { type Doing, useDesk } from './useDesk.ts'

/** The returns desk: scan a parcel, each piece in it, and say 1 to 5 how it looks. A parcel of nobody is pooled. */
export default function Returns() {
  const { at, all } = useDeskPlace()
  return at ? <Desk node={at.code} /> : <Where all={all} />
}

function Desk({ node }: { node: string }) {
  const [url] = useUrlState()
  const d = useDesk(node, url.case ?? '')
  const grades = Object.fromEntries(verdicts.map((_, i) => [String(i + 1), () => d.grade(i + 1)]))
  const unknown = d.desk.stage === 'unknown'
  useKeys({ ...grades, Escape: d.leave, ...(unknown && { Enter: d.pool }) })
  return (
    <div className={css.page} data-stage={d.desk.stage}>
      <section className={css.side} aria-label={say('ui.returns.awaited')}>
        {d.desk.case ? <Goods c={d.desk.case} piece={d.desk.piece} /> : <Awaited />}
      </section>
      <section className={css.centre}>
        <ScanPrompt text={say(`ui.returns.prompt.${d.desk.stage}`)} onScan={d.take} />
        <p className={css.word}>{say(`ui.returns.word.${d.desk.stage}`)}</p>
        {d.problem && (
          <p className={css.problem} role="status">
            {d.problem}
          </p>
        )}
        <Middle d={d} />
        {d.desk.case && <Photos of={d.desk.case.id} large />}
        {d.desk.case && <About c={d.desk.case} />}
      </section>
      <section className={css.side} aria-label={say('ui.returns.pool')}>
        <h2>{say('ui.returns.pool')}</h2>
        <Pool />
        <SheetButton title={say('ui.returns.sheet')} codes={codes()} />
      </section>
    </div>
  )
}

/** The command codes of this desk. */
function codes() {
  const grades = verdicts.map((v, i) => ({
    code: `PH-GRADE${i + 1}`,
    word: say(v.dispute ? 'ui.returns.dispute' : `ui.aftersales.grade.${v.grade}`),
  }))
  return [
    ...grades,
    { code: 'PH-POOL', word: say('ui.returns.put_in_pool') },
    { code: 'PH-NEXT', word: say('ui.pack.cmd.leave') },
  ]
}

function Middle({ d }: { d: Doing }) {
  const { stage, piece, waybill, found, pooled } = d.desk
  if (stage === 'grade') {
    return (
      <>
        <p className={css.piece}>{piece}</p>
        <ol className={css.grades}>
          {verdicts.map((v, i) => (
            <li key={v.grade + v.dispute}>
              <button type="button" onClick={() => d.grade(i + 1)} data-fate={v.dispute ? 'dispute' : v.fate}>
                <kbd>{i + 1}</kbd>
                <strong>{say(v.dispute ? 'ui.returns.dispute' : `ui.aftersales.grade.${v.grade}`)}</strong>
                <span>{say(v.dispute ? 'ui.returns.apart' : `ui.aftersales.fate.${v.fate}`)}</span>
              </button>
            </li>
          ))}
        </ol>
      </>
    )
  }
  if (stage === 'unknown') {
    return (
      <>
        <p className={css.piece}>{waybill}</p>
        {found.length > 0 && <p className={css.found}>{found.join(' · ')}</p>}
        <div className={css.acts}>
          <Button onClick={d.leave} keys="Escape">
            {say('ui.returns.not_ours')}
          </Button>
          <Button tone="primary" icon={<PackageX size={18} />} onClick={d.pool} keys="Enter">
            {say('ui.returns.put_in_pool')}
          </Button>
        </div>
      </>
    )
  }
  if (stage === 'pooled' && pooled) return <Perhaps p={pooled} onClaim={d.claim} />
  return null
}

/** Whose it may be, the likeliest first. */
function Perhaps({ p, onClaim }: { p: UnknownParcel; onClaim(id: string): void }) {
  if (!p.perhaps?.length) return <p className={css.quiet}>{say('ui.returns.nobody')}</p>
  return (
    <ol className={css.perhaps}>
      {p.perhaps.map(o => (
        <li key={o.case}>
          <span className="code">{o.case}</span>
          <span>
            {[
              o.waybill && say('ui.returns.by_waybill'),
              o.phone && say('ui.returns.by_phone'),
              o.pieces > 0 && say('ui.returns.by_goods', { n: o.pieces }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
          <Button disabled={o.over} onClick={() => onClaim(o.case)}>
            {say('ui.returns.give')}
          </Button>
        </li>
      ))}
    </ol>
  )
}

function Goods({ c, piece }: { c: Case; piece: string }) {
  return (
    <ol className={css.lines}>
      {linesOf(c).map(l => (
        <li
          key={l.sku}
          className={css.line}
          data-done={l.graded >= l.asked || undefined}
          data-at={l.sku === piece || undefined}
        >
          <span>
            <span className={css.sku}>{l.sku}</span>
            <div className={css.title}>{l.title}</div>
          </span>
          <span className={css.count}>
            {l.graded}
            <small> / {l.asked}</small>
          </span>
        </li>
      ))}
    </ol>
  )
}

/** The case in hand: why it comes back. */
function About({ c }: { c: Case }) {
  return (
    <dl className={css.about}>
      <dt>{say('ui.aftersales.case')}</dt>
      <dd className="code">{c.id}</dd>
      <dt>{say('ui.aftersales.order')}</dt>
      <dd className="code">{c.order_no}</dd>
      <dt>{say('ui.aftersales.reason')}</dt>
      <dd>
        {say(`aftersales.reason.${c.reason}`)} {c.note}
      </dd>
    </dl>
  )
}

function Awaited() {
  const { data } = useGet('list-cases', { query: { status: 'approved', limit: 50 } }, { follows: ['aftersales'] })
  const list = (data?.cases ?? []).filter(c => c.lines.length > 0)
  return (
    <>
      <h2>{say('ui.returns.awaited')}</h2>
      {list.length === 0 && <EmptyState title={say('ui.returns.none')} text={say('ui.returns.none_text')} />}
      <ol className={css.pool}>
        {list.map(c => (
          <li key={c.id}>
            <span className="code">{c.waybill ?? c.order_no}</span>
            <span>{say(`aftersales.reason.${c.reason}`)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

function Pool() {
  const { data } = useGet('list-unknown-parcels', { query: { limit: 50 } }, { follows: ['aftersales'] })
  if (data?.parcels.length === 0)
    return <EmptyState title={say('ui.returns.pool_none')} text={say('ui.returns.pool_none_text')} />
  return (
    <ol className={css.pool}>
      {data?.parcels.map(p => (
        <li key={p.id}>
          <span className="code">{p.waybill ?? p.id}</span>
          <span>
            {p.node} · <When at={p.found_at} />
          </span>
        </li>
      ))}
    </ol>
  )
}
