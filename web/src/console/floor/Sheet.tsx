import { useMemo } from 'react'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import css from './FloorMap.module.css'
import type { Layer, Ways } from './FloorMap.tsx'
import { type Cell, type Plan, type Point, shade, way } from './plan.ts'

interface Props {
  plan: Plan
  layer: Layer
  walk?: Ways
  chosen: string
  onChoose(key: string): void
}

/** The drawing. x goes along the front and y into the depth, so the docks are at the foot. */
export function Sheet({ plan, layer, walk, chosen, onChoose }: Props) {
  const { box } = plan
  const up = (p: Point) => ({ x: p.x, y: 2 * box.y + box.h - p.y })
  const most = Math.max(0, ...plan.cells.map(c => c[layer]))
  const aisles = useMemo(() => heads(plan), [plan])
  const total = plan.cells.reduce((n, c) => n + c[layer], 0)
  return (
    <>
      <svg
        className={css.svg}
        viewBox={`${box.x} ${box.y} ${box.w} ${box.h}`}
        role="img"
        aria-label={say(`ui.floormap.summary.${layer}`, {
          n: number(total),
          places: number(plan.cells.filter(c => c[layer] > 0).length),
        })}
      >
        {plan.cells.map(c => (
          <Rack
            key={c.key}
            c={c}
            at={up(c)}
            plan={plan}
            layer={layer}
            shade={shade(c[layer], most)}
            chosen={c.key === chosen}
            onChoose={onChoose}
          />
        ))}
        {aisles.map(a => (
          <text key={a.aisle} className={css.label} {...up({ x: a.x, y: plan.back + 0.4 })}>
            {a.aisle}
          </text>
        ))}
        {walk && <polyline className={css.plain} points={line(way(plan, walk.plain).map(up))} />}
        {walk && <polyline className={css.way} points={line(way(plan, walk.planned).map(up))} />}
        {walk?.planned.slice(1, -1).map((p, i) => (
          <g key={`${p.x} ${p.y}`} transform={`translate(${up(p).x} ${up(p).y})`}>
            <circle className={css.stop} r={0.72} />
            <text className={css.no}>{i + 1}</text>
          </g>
        ))}
      </svg>
      <p className={css.legend}>
        {steps(most).map(s => (
          <span key={s.shade} className={css.key}>
            <i className={css.swatch} data-shade={s.shade} data-layer={layer} /> {s.text}
          </span>
        ))}
        {walk && (
          <>
            <span className={css.key}>
              <i className={css.lineWay} /> {say('ui.floormap.planned')}
            </span>
            <span className={css.key}>
              <i className={css.linePlain} /> {say('ui.floormap.plain')}
            </span>
          </>
        )}
      </p>
    </>
  )
}

interface RackProps {
  c: Cell
  at: Point
  plan: Plan
  layer: Layer
  shade: number
  chosen: boolean
  onChoose(key: string): void
}

function Rack({ c, at, plan, layer, shade, chosen, onChoose }: RackProps) {
  const { w, h } = c.aisle > 0 ? plan.size : { w: 2, h: 1.6 }
  const codes = c.places.map(p => p.code).join(', ')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table beside the plan holds the same for the keyboard
    <g onClick={() => onChoose(chosen ? '' : c.key)}>
      <rect
        className={css.rack}
        data-kind={c.kind}
        data-shade={shade}
        data-layer={layer}
        data-chosen={chosen || undefined}
        x={at.x - w / 2}
        y={at.y - h / 2}
        width={w}
        height={h}
        rx={0.15}
      >
        <title>{`${codes}: ${say(`ui.floormap.count.${layer}`, { n: number(c[layer]) })}`}</title>
      </rect>
      {c.aisle === 0 && (
        <text className={css.label} x={at.x} y={at.y}>
          {c.places[0]?.code}
        </text>
      )}
    </g>
  )
}

/** What the shades mean, as far as whole numbers fall into them. */
function steps(most: number) {
  const highest = (shade: number) => Math.floor((most * shade) / 4)
  return [1, 2, 3, 4]
    .filter(s => highest(s) > highest(s - 1))
    .map(s => {
      const [from, to] = [highest(s - 1) + 1, highest(s)]
      return { shade: s, text: from === to ? number(to) : `${number(from)}–${number(to)}` }
    })
}

/** Each aisle once, where its number is written. */
const heads = (plan: Plan) => [
  ...new Map(plan.cells.filter(c => c.aisle > 0).map(c => [c.aisle, { aisle: c.aisle, x: c.x }])).values(),
]

const line = (points: Point[]) => points.map(p => `${p.x},${p.y}`).join(' ')
