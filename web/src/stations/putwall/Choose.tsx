import { useState } from 'react'
import type { Wave } from '../../api/types.gen.ts'
import { ApiError, call } from '../../shared/api.ts'
import { give } from '../../shared/feedback.ts'
import { useGet } from '../../shared/query.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { EmptyState, ErrorState } from '../../ui/States.tsx'
import { actorName } from '../../ui/Timeline.tsx'
import { When } from '../../ui/When.tsx'
import css from './PutWall.module.css'

const shownWaves = 4

/** Which walk is sorted: its number is scanned, or one of the latest waves that have walks for several orders is taken. */
export function Choose({ onChoose }: { onChoose(task: string): void }) {
  const { at } = useWarehouses()
  const waves = useGet('list-waves', { query: { node: at?.code, limit: 50 } }, { follows: ['wave', 'pick'] })
  const [busy, setBusy] = useState(false)
  const open = async (code: string) => {
    setBusy(true)
    try {
      const walk = await call('get-walk', { path: { id: code.trim() } })
      give('right', say('ui.wall.opened', { n: walk.totes.length }))
      onChoose(walk.id)
    } catch (error) {
      give('wrong', error instanceof ApiError ? error.message : say('ui.failed'))
    } finally {
      setBusy(false)
    }
  }
  const batch = (waves.data?.waves ?? []).filter(w => w.method !== 'discrete').slice(0, shownWaves)
  if (waves.error && !waves.data) return <ErrorState error={waves.error} retry={() => void waves.refetch()} />
  return (
    <div className={css.choose}>
      <ScanPrompt text={say('ui.wall.scan_walk')} onScan={code => void open(code)} off={busy} />
      {waves.data && batch.length === 0 && <EmptyState title={say('ui.wall.none')} text={say('ui.wall.none_text')} />}
      {batch.map(w => (
        <Walks key={w.id} wave={w} onChoose={onChoose} />
      ))}
    </div>
  )
}

function Walks({ wave, onChoose }: { wave: Wave; onChoose(task: string): void }) {
  const { data } = useGet('get-wave', { path: { id: wave.id } }, { follows: ['pick'] })
  const walks = data?.walks.filter(w => w.lines > 0 && w.method === 'batch') ?? []
  if (walks.length === 0) return null
  return (
    <section className={css.wave}>
      <h2>
        {wave.node} · {say('ui.wall.wave', { n: wave.orders })} · <When at={wave.released_at} as="clock" />
      </h2>
      <div className={css.walks}>
        {walks.map(w => (
          <button
            key={w.task}
            type="button"
            className={css.walk}
            disabled={w.closed < w.lines}
            onClick={() => onChoose(w.task)}
          >
            <b>{w.zone || say('ui.waves.several_zones')}</b>
            <span>
              {w.closed} / {w.lines}
            </span>
            <span className={css.quiet}>{w.closed < w.lines ? say('ui.wall.picking') : actorName(w.picker ?? '')}</span>
          </button>
        ))}
      </div>
    </section>
  )
}
