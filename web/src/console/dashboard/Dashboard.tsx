import { MonitorPlay } from 'lucide-react'
import { useLocation } from 'wouter'
import type { Figures } from '../../api/types.gen.ts'
import { useKeys } from '../../shared/keys.ts'
import { useGet } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Behind, type Wanted } from './Behind.tsx'
import css from './Dashboard.module.css'
import { Flow } from './Flow.tsx'
import { ranges, spanOf, total } from './figures.ts'
import { Parts } from './Parts.tsx'
import { Tiles } from './Tiles.tsx'
import { Wall } from './Wall.tsx'

/** How the work goes: what came in and left, how fast, how late and why. Every figure leads to what it counts; T is for the wall. */
export default function Dashboard() {
  const [url, change] = useUrlState()
  const [, navigate] = useLocation()
  const { at } = useWarehouses()
  const span = spanOf(url.range)
  const figures = useGet('get-figures', { query: { node: at?.code, ...span } }, { every: 30_000 })
  useKeys({ t: () => change({ tv: '1' }, true) }, !!url.tv)
  if (url.tv) return <Wall onLeave={() => change({ tv: undefined })} />
  const f = figures.data
  const open = (w: Partial<Wanted> & { figure: string }) =>
    change({ figure: w.figure, part: w.part, from: w.from, to: w.to }, true)
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <Tabs
          label={say('ui.dashboard.range')}
          at={url.range ?? 'day'}
          onGo={id => change({ range: id === 'day' ? undefined : id })}
          tabs={ranges.map(id => ({ id, title: say(`ui.dashboard.range.${id}`) }))}
        />
        <Button icon={<MonitorPlay size={14} />} keys="t" onClick={() => change({ tv: '1' }, true)}>
          {say('ui.dashboard.tv')}
        </Button>
      </div>
      {figures.error && !f && <ErrorState error={figures.error} retry={() => void figures.refetch()} />}
      {!f && !figures.error && <Skeleton rows={10} />}
      {f && (
        <>
          <Tiles
            figures={f}
            onOpen={figure => open({ figure })}
            onFine={() => navigate('/orders?view=urgent&sort=fine')}
          />
          <div className={css.flows}>
            <Flow
              title={say('ui.dashboard.flow')}
              figures={f}
              of={['in', 'shipped']}
              onPick={c => open({ figure: 'shipped', from: c.from, to: c.to })}
            />
            <Flow
              title={say('ui.dashboard.work')}
              figures={f}
              of={['picked', 'packed']}
              onPick={c => open({ figure: 'picked', from: c.from, to: c.to })}
            />
          </div>
          <Parts figures={f} node={at?.code} onOpen={(figure, part) => open({ figure, part })} />
          {url.figure && (
            <Behind
              wanted={wantedOf(url, f, at?.code)}
              count={countOf(url, f)}
              onClose={() => change({ figure: undefined, part: undefined, from: undefined, to: undefined })}
            />
          )}
        </>
      )}
    </div>
  )
}

const wantedOf = (url: Record<string, string>, f: Figures, node: string | undefined): Wanted => ({
  figure: url.figure ?? '',
  part: url.part,
  from: url.from ?? f.from,
  to: url.to ?? f.to,
  node,
})

/** The number that led to the list: of the hours it is about. */
function countOf(url: Record<string, string>, f: Figures) {
  const from = Date.parse(url.from ?? f.from)
  const to = Date.parse(url.to ?? f.to)
  const hours = f.hours.filter(h => Date.parse(h.at) >= from && Date.parse(h.at) < to)
  return total(hours, url.figure ?? '', url.part)
}
