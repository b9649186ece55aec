import type { WaveOutlook } from '../../api/types.gen.ts'
import { useGet } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { useWarehouses } from '../../shared/warehouse.ts'
import { say } from '../../shared/words.ts'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Released } from './Released.tsx'
import { Templates } from './Templates.tsx'
import { Waiting } from './Waiting.tsx'
import css from './Waves.module.css'

/** Waves: what waits for one, what is released by itself, and what was released. */
export default function Waves() {
  const [url, change] = useUrlState()
  const { at } = useWarehouses()
  const read = useGet('get-wave-outlook', { query: { node: at?.code } }, { every: 15_000, follows: ['wave'] })
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={10} />
  const nodes = read.data.nodes
  const here = nodes.find(n => n.node === url.node) ?? busiest(nodes)
  if (!here) return <EmptyState title={say('ui.waves.no_nodes')} text={say('ui.waves.no_nodes_text')} />
  const tab = url.tab === 'released' ? 'released' : 'waiting'
  return (
    <div className={css.page}>
      <header className={css.head}>
        {nodes.length > 1 && (
          <fieldset className={css.nodes}>
            <legend className="visually-hidden">{say('ui.warehouse')}</legend>
            {nodes.map(n => (
              <button
                key={n.node}
                type="button"
                className={css.chip}
                aria-pressed={n === here}
                onClick={() => change({ node: n.node, view: undefined, cutoff: undefined, zone: undefined })}
              >
                {n.node} <b>{n.orders}</b>
              </button>
            ))}
          </fieldset>
        )}
        <Tabs
          label={say('ui.screen.waves')}
          tabs={[
            { id: 'waiting', title: say('ui.waves.waiting'), count: `${here.orders}${here.more ? '+' : ''}` },
            { id: 'released', title: say('ui.waves.list') },
          ]}
          at={tab}
          onGo={id => change({ tab: id === 'waiting' ? undefined : id })}
        />
        {here.late > 0 && <span className={css.late}>{say('ui.waves.late', { n: here.late })}</span>}
      </header>
      <div className={css.body}>
        {tab === 'waiting' ? <Waiting outlook={here} /> : <Released node={here.node} />}
        <Templates outlook={here} />
      </div>
    </div>
  )
}

/** Where the most waits. */
const busiest = (nodes: WaveOutlook[]) =>
  nodes.reduce<WaveOutlook | undefined>((best, n) => (!best || n.orders > best.orders ? n : best), undefined)
