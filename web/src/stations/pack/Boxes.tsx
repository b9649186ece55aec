import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import css from './Pack.module.css'
import { Placement } from './Placement.tsx'
import { cartonOf, choices, own, type State } from './work.ts'

/** The proposed carton with how the goods stand in it, and what may be taken instead: 1 to 4. */
export function Boxes({ state: s }: { state: State }) {
  const draft = s.at?.proposal?.parcels[Math.min(s.parcels.length, (s.at.proposal?.parcels.length ?? 1) - 1)]
  if (!s.at || !draft) return null
  const list = choices(s)
  const at = s.carton || s.parcels.at(-1)?.carton
  return (
    <>
      <h2 className={css.heading}>{say('ui.pack.box')}</h2>
      <ol className={css.boxes} data-on={s.stage === 'box' || undefined}>
        {list.map((code, i) => (
          <li key={code} className={css.box} data-at={code === at || undefined}>
            <kbd>{i + 1}</kbd>
            <strong>{code === own ? say('ui.pack.own') : code}</strong>
            {code !== own && <span>{size(s, code)}</span>}
            {i === 0 && <em>{say('ui.pack.proposed')}</em>}
          </li>
        ))}
      </ol>
      <Placement draft={draft} lines={s.at.lines} />
    </>
  )
}

function size(s: State, code: string) {
  const c = cartonOf(s, code)
  return c ? `${c.mm.map(mm => number(mm / 10)).join(' × ')} cm` : ''
}
