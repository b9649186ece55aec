import { clock } from '../shared/format.ts'
import { live } from '../shared/sse.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import css from './Shell.module.css'

/** Whether what is shown is current: a green dot, or an amber one with the time of the last sign of life. */
export function LiveDot() {
  const { state, since } = useStore(live)
  const text = state === 'stale' ? say('ui.stale_at', { time: clock(since) }) : say(`ui.live.${state}`)
  return (
    <span className={css.live} data-live={state} title={text}>
      <span className={css.dot} aria-hidden="true" />
      <span className={state === 'live' ? 'visually-hidden' : ''}>{text}</span>
    </span>
  )
}
