import type { WaveInput, WaveOutcome } from '../../api/types.gen.ts'
import { ApiError, call } from '../../shared/api.ts'
import { queries } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { toast, toastError } from '../../ui/Toast.tsx'

/** Releases a wave and says what became of it. The answer tells what was refused, and why. */
export async function release(input: WaveInput): Promise<WaveOutcome | undefined> {
  try {
    const out = await call('release-wave', { body: input })
    void queries.invalidateQueries()
    toast(
      say(said(out), {
        orders: out.released.length,
        walks: out.tasks.length,
        joined: out.joined?.length ?? 0,
        refused: out.refused.length,
      }),
    )
    return out
  } catch (error) {
    toastError(error)
    return undefined
  }
}

const said = (out: WaveOutcome) =>
  out.joined ? 'ui.waves.released_joined' : out.wave ? 'ui.waves.released' : 'ui.waves.nothing_released'

/** What was refused as the grid shows it: by row, with its cause. */
export const failuresOf = (out: WaveOutcome) =>
  new Map(
    out.refused.map(r => [
      r.fulfilment,
      new ApiError({ type: 'about:blank', title: '', status: 409, code: r.code, detail: r.text }),
    ]),
  )
