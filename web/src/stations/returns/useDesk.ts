import { useCallback, useEffect, useRef, useState } from 'react'
import type { Case, UnknownParcel } from '../../api/types.gen.ts'
import { ApiError, call, newKey } from '../../shared/api.ts'
import { calm, give } from '../../shared/feedback.ts'
import { queries } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { finished, linesOf, onlyOpen, verdicts } from './desk.ts'

export type Stage = 'open' | 'goods' | 'grade' | 'unknown' | 'pooled'

/** The desk: what is in hand. */
export interface Desk {
  stage: Stage
  case: Case | null
  /** The piece that waits for its grade: SKU or bar code. */
  piece: string
  /** What was scanned and nobody announced. */
  waybill: string
  /** What is in a parcel without an owner, as scanned. */
  found: string[]
  pooled: UnknownParcel | null
}

const idle: Desk = { stage: 'open', case: null, piece: '', waybill: '', found: [], pooled: null }

export interface Doing {
  desk: Desk
  problem: string
  take(code: string): void
  grade(no: number): void
  leave(): void
  pool(): void
  claim(to: string): void
}

/** The returns desk: a parcel, each piece in it, a grade for each. node is where it stands. */
export function useDesk(node: string, first: string): Doing {
  const [desk, setDesk] = useState<Desk>(idle)
  const [problem, setProblem] = useState('')
  const now = useRef(desk)
  const go = useCallback((d: Desk) => {
    now.current = d
    setDesk(d)
    setProblem('')
  }, [])
  const wrong = useCallback((text: string) => {
    setProblem(text)
    give('wrong', text)
  }, [])
  const refused = useCallback(
    (e: unknown) => {
      if (!(e instanceof ApiError)) throw e
      wrong(e.message)
    },
    [wrong],
  )

  const open = useCallback(
    async (code: string, scanned: boolean) => {
      try {
        const out = await call('scan-return', { body: { event_id: newKey(), code } })
        if (!out.case) {
          go({ ...idle, stage: 'unknown', waybill: code })
          give('wrong', say('ui.returns.unknown'))
          return
        }
        if (scanned) give('right', out.case.order_no ?? out.case.id)
        const piece = onlyOpen(out.case)
        go({ ...idle, stage: piece ? 'grade' : 'goods', case: out.case, piece })
      } catch (e) {
        refused(e)
      }
    },
    [go, refused],
  )
  // From a case of the console the desk begins with that case.
  useEffect(() => {
    if (first) void open(first, false)
  }, [first, open])

  const item = async (code: string) => {
    const c = now.current.case
    if (!c) return
    try {
      const known = linesOf(c).find(l => l.sku === code)
      const sku = known?.sku ?? (await call('lookup', { query: { code } })).sku ?? code
      give('right', sku)
      go({ ...now.current, stage: 'grade', piece: sku })
    } catch (e) {
      refused(e)
    }
  }
  const grade = (no: number) => {
    const d = now.current
    const v = verdicts[no - 1]
    if (d.stage !== 'grade' || !d.case || !v) return
    const body = {
      event_id: newKey(),
      case: d.case.id,
      sku: d.piece,
      grade: v.grade,
      fate: v.fate,
      ...(node && { node }),
      ...(v.dispute && { note: say('ui.returns.dispute_note') }),
    }
    setProblem('')
    call('grade-return', { body }).then(out => {
      if (!out.case) return
      const done = finished(out.case)
      give(done ? 'done' : 'right', say(`ui.aftersales.fate.${v.fate}`))
      const piece = done ? '' : onlyOpen(out.case)
      go({ ...now.current, case: out.case, piece, stage: done ? 'open' : piece ? 'grade' : 'goods' })
      void queries.invalidateQueries()
    }, refused)
  }
  const pool = () => {
    const d = now.current
    const lines = [...new Set(d.found)].map(sku => ({ sku, quantity: d.found.filter(x => x === sku).length }))
    const body = { node, waybill: d.waybill, ...(lines.length && { lines }) }
    call('pool-parcel', { body }).then(pooled => {
      give('done', say('ui.returns.pooled'))
      go({ ...idle, stage: 'pooled', pooled })
      void queries.invalidateQueries()
    }, refused)
  }
  const claim = (to: string) => {
    const parcel = now.current.pooled
    if (!parcel) return
    call('claim-parcel', { path: { id: parcel.id }, body: { case: to } }).then(c => {
      give('right', c.id)
      const piece = onlyOpen(c)
      go({ ...idle, stage: piece ? 'grade' : 'goods', case: c, piece })
    }, refused)
  }
  const leave = () => {
    calm()
    go(idle)
  }
  const take = (code: string) => {
    const d = now.current
    const up = code.toUpperCase()
    const command = /^PH-GRADE([1-5])$/.exec(up)
    if (command) grade(Number(command[1]))
    else if (up === 'PH-NEXT' || up === 'PH-LEAVE') leave()
    else if (up === 'PH-POOL' && d.stage === 'unknown') pool()
    else if (d.stage === 'goods' || d.stage === 'grade') void item(code)
    else if (d.stage === 'unknown') {
      give('right', code)
      go({ ...d, found: [...d.found, code] })
    } else void open(code, true)
  }
  return { desk, problem, take, grade, leave, pool, claim }
}
