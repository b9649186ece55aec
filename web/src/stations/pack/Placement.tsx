import { useMemo } from 'react'
import type { BenchLine, ProposedParcel } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { draw } from './iso.ts'
import css from './Pack.module.css'

const colours = 6

const faces = { top: css.faceTop, left: undefined, right: css.faceRight }

/** Where every piece stands in its carton, layer above layer, with the number of its line. */
export function Placement({ draft, lines }: { draft: ProposedParcel; lines: BenchLine[] }) {
  const drawing = useMemo(() => draw(draft.places, draft.mm), [draft])
  const no = (sku: string) => lines.findIndex(l => l.sku === sku)
  const inside = [...new Set(draft.lines.map(l => l.sku))]
  if (draft.places.length === 0) return <p className={css.quiet}>{say('ui.pack.own_text')}</p>
  const [x, y, w, h] = drawing.box
  const sentence = say('ui.pack.drawing', {
    carton: draft.carton,
    n: draft.places.length,
    layers: drawing.floors.length,
  })
  return (
    <figure className={css.figure}>
      <svg viewBox={`${x} ${y} ${w} ${h}`} role="img" aria-label={sentence}>
        {drawing.floors.map(f => (
          <polygon key={f} points={f} className={css.floor} />
        ))}
        {drawing.solids.map(s => (
          <g key={s.key} data-colour={no(s.sku) % colours}>
            {s.faces.map(f => (
              <polygon key={f.side} points={f.points} className={faces[f.side]} />
            ))}
            <text
              x={s.at[0]}
              y={s.at[1]}
              fontSize={Math.max(Math.min(s.across * 0.5, w / 12), w / 30)}
              className={css.no}
            >
              {no(s.sku) + 1}
            </text>
          </g>
        ))}
      </svg>
      <figcaption className={css.legend}>
        {inside.map(sku => (
          <span key={sku} data-colour={no(sku) % colours}>
            <b>{no(sku) + 1}</b> <span className="code">{sku}</span> ×{' '}
            {number(draft.lines.filter(l => l.sku === sku).reduce((n, l) => n + l.quantity, 0))}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
