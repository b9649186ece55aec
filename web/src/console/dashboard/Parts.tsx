import type { Figures } from '../../api/types.gen.ts'
import { percent } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { name, say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import { Cutoffs } from '../today/Cutoffs.tsx'
import { useLeaving } from '../today/Leaving.tsx'
import { type Bar, Bars } from './Bars.tsx'
import { partName } from './Behind.tsx'
import css from './Dashboard.module.css'
import { inTime, parts, total } from './figures.ts'

interface Props {
  figures: Figures
  node: string | undefined
  onOpen(figure: string, part: string): void
}

/** Where it comes from: by carrier, cause, person and place. */
export function Parts({ figures: f, node, onOpen }: Props) {
  const today = useGet('get-today', { query: { node } }, { every: 30_000 })
  const leaving = useLeaving(today.data?.nodes)
  const cases = useGet('count-exceptions', {}, { every: 30_000 })
  const trouble = useGet('count-shipments', { query: { node } }, { every: 30_000 })
  const of = (figure: string): Bar[] =>
    parts(f.hours, figure).map(p => ({
      key: p.part,
      text: partName(figure, p.part),
      n: p.n,
      open: () => onOpen(figure, p.part),
    }))
  const carriers = parts(f.hours, 'shipped').map(p => ({
    key: p.part,
    text: p.part,
    n: p.n,
    bad: total(f.hours, 'late', p.part),
    value: percent(inTime(f.hours, p.part) ?? 1, 1),
    open: () => onOpen('shipped', p.part),
  }))
  const causes = (cases.data?.causes ?? []).map(c => ({
    key: c.cause,
    text: name('review.cause', c.cause),
    n: Number.parseInt(c.count, 10),
    value: c.count,
    to: `/exceptions?cause=${c.cause}`,
  }))
  const parcels = Object.entries(trouble.data?.views ?? {}).map(([view, n]) => ({
    key: view,
    text: say(`ui.shipments.view.${view}`),
    n,
    to: `/shipments?view=${view}`,
  }))
  return (
    <div className={css.parts}>
      <Cutoffs today={today} open={leaving.open} />
      {leaving.drawer}
      <Card title={say('ui.dashboard.carriers')}>
        <Bars list={carriers} none={say('ui.dashboard.none')} />
      </Card>
      <Card title={say('ui.dashboard.causes')}>
        <Bars list={causes} none={say('ui.dashboard.no_causes')} />
      </Card>
      <Card title={say('ui.dashboard.trouble')}>
        <Bars list={parcels} none={say('ui.dashboard.no_trouble')} />
      </Card>
      <Card title={say('ui.dashboard.packers')}>
        <Bars list={of('packed')} none={say('ui.dashboard.none')} />
      </Card>
      <Card title={say('ui.dashboard.reasons')}>
        <Bars list={of('returned')} none={say('ui.dashboard.no_returns')} />
      </Card>
      <Card title={say('ui.dashboard.shorts')}>
        <Bars list={of('short')} none={say('ui.dashboard.no_shorts')} />
      </Card>
    </div>
  )
}
