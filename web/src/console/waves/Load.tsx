import type { WaveLoad } from '../../api/types.gen.ts'
import { say } from '../../shared/words.ts'
import css from './Waves.module.css'

/** How much work something is: orders, lines, units, and the walks it would be. */
export function Load({
  load,
  walks,
}: {
  load: Pick<WaveLoad, 'orders' | 'lines' | 'units'> & { walks?: number }
  walks?: boolean
}) {
  const parts: [number, string][] = [
    [load.orders, 'ui.waves.n_orders'],
    [load.lines, 'ui.waves.n_lines'],
    [load.units, 'ui.waves.n_units'],
  ]
  if (walks && load.walks !== undefined) parts.push([load.walks, 'ui.waves.n_walks'])
  return (
    <span className={css.load}>
      {parts.map(([n, code]) => (
        <span key={code}>{say(code, { n })}</span>
      ))}
    </span>
  )
}
