import { Check, OctagonX, Undo2 } from 'lucide-react'
import type { Walk } from '../../api/types.gen.ts'
import { useKeys } from '../../shared/keys.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import css from './PutWall.module.css'
import { useWall } from './useWall.ts'
import { type Cell, cells, isDone, left, lineOf } from './wall.ts'

/** The wall as it stands: scan goods, one cell lights with its number of pieces, its label confirms. */
export function Sort({ walk, onEnd }: { walk: Walk; onEnd(): void }) {
  const w = useWall(walk)
  const all = cells(walk, w.wall)
  const lit = lineOf(walk, w.wall.lit?.seq)
  const done = isDone(walk, w.wall)
  const end = () => {
    w.clear()
    onEnd()
  }
  useKeys({
    Backspace: w.undo,
    Escape: onEnd,
    ...(lit && { Enter: w.confirm }),
    ...(done && { Enter: end }),
  })
  const put = all.reduce((n, c) => n + c.put, 0)
  const of = all.reduce((n, c) => n + c.of, 0)
  return (
    <div className={css.page}>
      <div className={css.wall} style={{ '--columns': columnsOf(all.length) } as React.CSSProperties}>
        {all.map(c => (
          <CellBox
            key={c.no}
            cell={c}
            lit={lit?.tote === c.no ? w.wall.lit?.quantity : undefined}
            onConfirm={w.confirm}
          />
        ))}
      </div>
      <aside className={css.side}>
        <p className={css.word} role="status">
          {done
            ? say('ui.wall.done')
            : lit
              ? say('ui.wall.put', { n: w.wall.lit?.quantity ?? 0 })
              : say('ui.wall.next')}
        </p>
        {lit && (
          <div className={css.goods}>
            <b>{lit.title || lit.sku}</b>
            <span className="code">{lit.sku}</span>
          </div>
        )}
        {!done && (
          <ScanPrompt
            text={lit ? say('ui.wall.scan_cell', { cell: lit.tote }) : say('ui.wall.scan_item')}
            onScan={w.scan}
          />
        )}
        <Progress done={put} of={of} label={say('ui.wall.progress')} />
        <p className={css.quiet}>{say('ui.wall.pieces', { put, of })}</p>
        <Rest walk={walk} wall={w} />
        <div className={css.acts}>
          <Button icon={<Undo2 size={20} />} keys="Backspace" onClick={w.undo}>
            {say('ui.undo')}
          </Button>
          {done && (
            <Button tone="primary" keys="Enter" onClick={end}>
              {say('ui.wall.next_walk')}
            </Button>
          )}
        </div>
      </aside>
    </div>
  )
}

/** As wide as walls are built: up to four columns for a trolley of twelve. */
const columnsOf = (n: number) => (n <= 2 ? n : n <= 6 ? 3 : 4)

function CellBox({ cell: c, lit, onConfirm }: { cell: Cell; lit?: number; onConfirm(): void }) {
  const state = lit ? 'lit' : c.stopped ? 'stopped' : c.put >= c.of ? 'done' : c.put > 0 ? 'some' : 'empty'
  return (
    <button
      type="button"
      className={css.cell}
      data-state={state}
      disabled={!lit}
      onClick={onConfirm}
      aria-label={say('ui.wall.cell', { cell: c.no, put: c.put, of: c.of })}
    >
      <span className={css.no}>{c.no}</span>
      {lit ? (
        <span className={css.quantity}>{lit}</span>
      ) : state === 'done' ? (
        <Check size={56} strokeWidth={2.5} aria-hidden="true" />
      ) : state === 'stopped' ? (
        <OctagonX size={56} strokeWidth={2} aria-hidden="true" />
      ) : null}
      <span className={css.count}>
        {c.put} / {c.of}
      </span>
      {c.stopped && <span className={css.stopped}>{c.stopped}</span>}
    </button>
  )
}

/** The goods that are still in the pile. */
function Rest({ walk, wall }: { walk: Walk; wall: ReturnType<typeof useWall> }) {
  const rest = walk.goods
    .map(g => ({
      ...g,
      n: walk.lines.filter(l => l.sku === g.sku && !l.blocked).reduce((n, l) => n + left(wall.wall, l), 0),
    }))
    .filter(g => g.n > 0)
  if (rest.length === 0) return null
  return (
    <ul className={css.rest} aria-label={say('ui.wall.rest')}>
      {rest.map(g => (
        <li key={g.sku}>
          <b>{g.n}</b>
          <span className="code">{g.sku}</span>
          <span>{g.title}</span>
        </li>
      ))}
    </ul>
  )
}
