import type { Figures } from '../../api/types.gen.ts'
import { money, number, percent } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import css from './Dashboard.module.css'
import { inTime, pace, total } from './figures.ts'

interface Tile {
  id: string
  value: string
  /** What stands under it, small. */
  note?: string | false
  tone?: 'good' | 'warn' | 'bad'
  open?(): void
}

const goodShare = 0.98
const fairShare = 0.95

/** The figures that matter most, each leading to what it counts. */
export function Tiles({
  figures: f,
  onOpen,
  onFine,
}: {
  figures: Figures
  onOpen?(figure: string): void
  onFine?(): void
}) {
  return (
    <div className={css.tiles}>
      {tiles(f).map(t => {
        const inside = (
          <>
            <span>{say(`ui.dashboard.figure.${t.id}`)}</span>
            <b data-tone={t.tone}>{t.value}</b>
            <small>{t.note}</small>
          </>
        )
        const open = t.id === 'fine' ? onFine : onOpen && (() => onOpen(t.id === 'in_time' ? 'late' : t.id))
        return open ? (
          <button key={t.id} type="button" className={css.tile} onClick={open} data-figure={t.id}>
            {inside}
          </button>
        ) : (
          <div key={t.id} className={css.tile} data-figure={t.id}>
            {inside}
          </div>
        )
      })}
    </div>
  )
}

function tiles(f: Figures): Tile[] {
  const n = (figure: string) => total(f.hours, figure)
  const rate = (figure: string) => {
    const per = pace(f.hours, figure)
    return per === undefined ? undefined : say('ui.dashboard.per_hour', { n: number(per) })
  }
  const share = inTime(f.hours)
  const late = n('late')
  const list: Tile[] = [
    { id: 'in', value: number(n('in')), note: rate('in') },
    { id: 'picked', value: number(n('picked')), note: rate('picked') },
    { id: 'packed', value: number(n('packed')), note: rate('packed') },
    { id: 'shipped', value: number(n('shipped')), note: rate('shipped') },
    {
      id: 'in_time',
      value: share === undefined ? '—' : percent(share, 1),
      note: share === undefined ? undefined : say('ui.dashboard.late', { n: late }),
      tone: share === undefined ? undefined : share >= goodShare ? 'good' : share >= fairShare ? 'warn' : 'bad',
    },
    { id: 'short', value: number(n('short')), tone: n('short') > 0 ? 'warn' : undefined },
    { id: 'returned', value: number(n('returned')) },
  ]
  if (f.fine) {
    list.push({
      id: 'fine',
      value: money(f.fine.amount, f.fine.currency),
      note:
        (f.fine.orders > 0 || Number(f.fine.missed) > 0) &&
        say('ui.dashboard.fine_of', { n: f.fine.orders, missed: money(f.fine.missed, f.fine.currency) }),
    })
  }
  return list
}
