import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { WalkSize } from '../../api/types.gen.ts'
import { ApiError, call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { useStore } from '../../shared/store.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { name, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { box } from '../box.ts'
import { takeAlong } from './carrying.ts'
import css from './Tasks.module.css'
import { type Carried, progress } from './walk.ts'

/** What to pick: one great "next", the others below it. Without a network, what is on the device already. */
export default function Tasks() {
  const { at } = useWarehouses()
  const node = at?.code ?? ''
  const [, navigate] = useLocation()
  const [busy, setBusy] = useState(false)
  const list = useGet('list-walks', { query: { node } }, { enabled: node !== '', every: 15_000 })
  const kept = useKept()
  const open = async (find: () => Promise<string | undefined>) => {
    setBusy(true)
    try {
      const id = await find()
      if (id) navigate(`/${id}`)
      else toast(say('ui.pick.none_left'))
    } catch (e) {
      if (e instanceof ApiError && e.offline) toast(say('ui.pick.claim_offline'))
      else toastError(e)
    }
    setBusy(false)
    void list.refetch()
  }
  const load = async (id: string) => {
    if (await box.task(id)) return id
    await call('start-task', { path: { id }, body: {} })
    await takeAlong(id)
    return id
  }
  const take = (id: string) => open(() => load(id))
  const next = () =>
    open(async () => {
      const { task } = await call('next-task', { body: { node } })
      return task && load(task.id)
    })
  const giveBack = async (id: string) => {
    try {
      await call('assign-task', { path: { id }, body: { picker: '' } })
      await box.dropTask(id)
      toast(say('ui.pick.given_back'))
    } catch (e) {
      toastError(e)
    }
    void list.refetch()
  }
  if (list.error && !list.data) {
    if (!list.error.offline) return <ErrorState error={list.error} retry={() => void list.refetch()} />
    return kept.length > 0 ? (
      <Kept list={kept} onOpen={id => void take(id)} />
    ) : (
      <EmptyState title={say('ui.pick.claim_offline')} />
    )
  }
  if (!list.data) return <Skeleton rows={4} />
  const { mine, ready } = list.data
  const [first, ...others] = mine
  if (!first && ready.length === 0) {
    return (
      <EmptyState title={say('ui.pick.none')} text={say('ui.pick.none_text')}>
        <Button onClick={() => void list.refetch()}>{say('ui.pick.look_again')}</Button>
      </EmptyState>
    )
  }
  return (
    <>
      <button type="button" className={css.next} disabled={busy} onClick={() => void (first ? take(first.id) : next())}>
        <span className={css.what}>{say(first ? 'ui.pick.go_on' : 'ui.pick.next')}</span>
        {first ? <Size t={first} /> : ready[0] && <Size t={ready[0]} />}
      </button>
      {first && first.closed === 0 && (
        <Button tone="quiet" onClick={() => void giveBack(first.id)}>
          {say('ui.pick.give_back')}
        </Button>
      )}
      {[...others, ...(first ? ready : ready.slice(1))].map(t => (
        <button key={t.id} type="button" className={css.task} disabled={busy} onClick={() => void take(t.id)}>
          <Size t={t} />
          <ChevronRight size={20} aria-hidden="true" />
        </button>
      ))}
    </>
  )
}

function Size({ t }: { t: WalkSize }) {
  return (
    <span className={css.size}>
      <strong>{say('ui.pick.size', { lines: number(t.lines - t.closed), units: number(t.units) })}</strong>
      <span className={css.about}>
        {[
          t.zone && say('ui.pick.zone', { zone: t.zone }),
          t.orders > 1 && say('ui.pick.orders', { n: t.orders }),
          t.metres > 0 && say('ui.pick.metres', { n: number(t.metres) }),
          t.status !== 'ready' && name('pick.task', t.status),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  )
}

function Kept({ list, onOpen }: { list: Carried[]; onOpen(id: string): void }) {
  return list.map(c => {
    const p = progress(c)
    return (
      <button key={c.walk.id} type="button" className={css.next} onClick={() => onOpen(c.walk.id)}>
        <span className={css.what}>{say('ui.pick.go_on')}</span>
        <span className={css.size}>
          <strong>{say('ui.pick.done_of', { n: p.closed, of: p.lines })}</strong>
        </span>
      </button>
    )
  })
}

/** The walks on the device that are not over. Those that are over go, when the server has heard all of them. */
function useKept(): Carried[] {
  const { queued } = useStore(box.standing)
  const [kept, setKept] = useState<Carried[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: when something was sent, there may be less to keep
  useEffect(() => {
    void (async () => {
      const all = await Promise.all(
        (await box.tasks()).filter(t => t.id.startsWith('tsk_')).map(t => box.task<Carried>(t.id)),
      )
      const open = all.filter(c => c !== undefined).filter(c => c.walk.lines.some(l => l.status === 'open'))
      if (await box.empty()) {
        for (const c of all) if (c && !open.includes(c)) await box.dropTask(c.walk.id)
      }
      setKept(open)
    })()
  }, [queued])
  return kept
}
