import { useState } from 'react'
import type { AllocationChoice, AllocationOutlook } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { useSending } from '../../shared/sending.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Table } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, TextArea } from '../../ui/Form.tsx'
import { Money } from '../../ui/Money.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { AllowSplit } from './AllowSplit.tsx'
import { Amounts } from './Amounts.tsx'
import { move } from './acts.ts'
import css from './ByHand.module.css'
import { movable } from './movable.ts'

interface Moved {
  id: string
  no: string
  /** false: its channel wants it in one parcel. */
  maySplit?: boolean
}

/** Gives what no wave has taken to a warehouse: each with its score, how much goes, and why. */
export function MoveDialog({ order, onClose }: { order: Moved; onClose(): void }) {
  const read = useGet(
    'get-candidates',
    { path: { id: order.id }, query: { unreleased: 'yes' } },
    { follows: [order.id, 'stock'] },
  )
  const [node, setNode] = useState('')
  const [less, setLess] = useState<Record<string, number>>({})
  const [reason, setReason] = useState('')
  const [allow, setAllow] = useState(false)
  const { busy, error, send } = useSending()
  const o = read.data
  const to = node || (o ? suggested(o) : '')
  const list = o ? movable(o.pieces, to) : []
  const amounts = Object.fromEntries(list.map(s => [s.key, Math.min(less[s.key] ?? s.there, s.there)]))
  const part = list.some(s => amounts[s.key] !== s.there)
  const none = list.every(s => amounts[s.key] === 0)
  const go = async () => {
    const pieces = list
      .filter(s => (amounts[s.key] ?? 0) > 0)
      .map(s => ({ line: s.line, sku: s.sku, quantity: amounts[s.key] ?? 0 }))
    await move(order.id, order.no, {
      node: to,
      reason: reason.trim(),
      ...(part && { pieces }),
      ...(allow && { allow_split: true }),
    })
    onClose()
  }
  return (
    <Dialog
      wide
      title={say('ui.byhand.move_what', { order: order.no })}
      open
      onClose={onClose}
      acts={
        <>
          <Button onClick={onClose}>{say('ui.back')}</Button>
          <Button
            tone="primary"
            form="move"
            type="submit"
            keys="mod+Enter"
            busy={busy}
            disabled={!to || none || !reason.trim()}
          >
            {say('ui.byhand.move_to', { node: to })}
          </Button>
        </>
      }
    >
      {read.error && !o && <ErrorState error={read.error} retry={() => void read.refetch()} />}
      {!o && !read.error && <Skeleton rows={6} />}
      {o && o.units === 0 && <p>{say('ui.byhand.nothing')}</p>}
      {o && o.units > 0 && (
        <Form id="move" error={error} onSubmit={() => void (to && !none && reason.trim() && send(go))}>
          <p className={css.quiet}>
            {say('ui.byhand.machine')} {o.text}
          </p>
          <Candidates o={o} to={to} onChange={setNode} />
          <Amounts list={list} chosen={amounts} onChange={setLess} />
          <TextArea
            name="reason"
            label={say('ui.order.reason')}
            hint={say('ui.order.reason_hint')}
            must
            value={reason}
            onChange={setReason}
          />
          {((order.maySplit === false && part) || error?.problem.code === 'byhand.may_not_split') && (
            <AllowSplit on={allow} onChange={setAllow} />
          )}
        </Form>
      )}
    </Dialog>
  )
}

/** The warehouse that is looked at first: one that has everything and does not hold it yet. */
function suggested(o: AllocationOutlook): string {
  const able = o.candidates.filter(c => c.cost && c.holds < o.units)
  return (able.find(c => c.have >= o.units) ?? able[0] ?? o.candidates[0])?.node ?? ''
}

function Candidates({ o, to, onChange }: { o: AllocationOutlook; to: string; onChange(node: string): void }) {
  return (
    <Table
      head={[
        { title: say('ui.warehouse') },
        { title: say('ui.allocation.have'), num: true },
        { title: say('ui.allocation.distance'), num: true },
        { title: say('ui.allocation.cost'), num: true },
        { title: say('ui.allocation.days'), num: true },
        { title: say('ui.byhand.note') },
      ]}
      rows={o.candidates.map(c => ({ key: c.node, cells: cells(c, o, to, onChange) }))}
    />
  )
}

const cells = (c: AllocationChoice, o: AllocationOutlook, to: string, onChange: (node: string) => void) => [
  <label key="node" className={css.pick}>
    <input
      type="radio"
      name="node"
      checked={c.node === to}
      autoFocus={c.node === to}
      onChange={() => onChange(c.node)}
    />
    <b>{c.node}</b>
  </label>,
  `${number(c.have)} / ${number(o.units)}`,
  c.metres < 0 ? '—' : say('ui.allocation.km', { km: number(Math.round(c.metres / 1000)) }),
  c.cost ? <Money key="cost" amount={c.cost} currency={o.currency} /> : '—',
  c.cost ? c.days : '—',
  <span key="note" className={css.why}>
    {c.holds > 0 && <span className={css.now}>{say('ui.byhand.holds', { n: c.holds })} </span>}
    {c.ships > 0 ? say('ui.byhand.machine_ships', { n: c.ships }) : c.text}
  </span>,
]
