import { FileText, Truck } from 'lucide-react'
import type { Manifest, Paper } from '../../api/types.gen.ts'
import { number, weight } from '../../shared/format.ts'
import { useKeys } from '../../shared/keys.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { EmptyState, ErrorState } from '../../ui/States.tsx'
import { When } from '../../ui/When.tsx'
import { SheetButton } from '../Sheet.tsx'
import { useDeskPlace, Where } from '../Where.tsx'
import css from './Dispatch.module.css'
import { type Loading, useLoad } from './useLoad.ts'

/** The loading dock: parcels per carrier, every parcel scanned into the van, one hand-over with its paper. */
export default function Dispatch() {
  const { at, all } = useDeskPlace()
  return at ? <Dock node={at.code} name={at.name} /> : <Where all={all} />
}

function Dock({ node, name }: { node: string; name: string }) {
  const d = useLoad(node)
  const papers = useGet('list-manifests', { query: { node, limit: 20 } }, { follows: ['ship'] })
  const newest = d.done?.papers[0] ?? papers.data?.manifests[0]
  useKeys({
    c: d.close,
    p: () => newest && open(newest),
    Backspace: d.back,
    Escape: () => d.closing && d.back(),
    ...(d.closing && { Enter: d.close }),
  })
  if (d.error && !d.lanes) return <ErrorState error={d.error} />
  return (
    <div className={css.page}>
      <section className={css.side} aria-label={say('ui.dispatch.waiting')}>
        <h2>
          {say('ui.dispatch.waiting')} · {node} {name}
        </h2>
        <Lanes d={d} />
      </section>
      <section className={css.centre} data-closing={d.closing || undefined}>
        <ScanPrompt
          text={say(d.closing ? 'ui.dispatch.prompt_close' : 'ui.dispatch.prompt', { carrier: d.load.carrier })}
          onScan={d.take}
        />
        <Middle d={d} />
        <div className={css.acts}>
          <Button onClick={d.back} disabled={d.load.waybills.length === 0} keys="Backspace">
            {say('ui.dispatch.back')}
          </Button>
          <Button
            tone="primary"
            icon={<Truck size={18} />}
            onClick={d.close}
            busy={d.busy}
            disabled={d.load.waybills.length === 0}
            keys={d.closing ? 'Enter' : 'c'}
          >
            {say('ui.dispatch.close')}
          </Button>
        </div>
      </section>
      <section className={css.side} aria-label={say('ui.dispatch.papers')}>
        <h2>{say('ui.dispatch.papers')}</h2>
        <Papers list={papers.data?.manifests ?? []} />
        <SheetButton title={say('ui.dispatch.sheet')} codes={[{ code: 'PH-CLOSE', word: say('ui.dispatch.close') }]} />
      </section>
    </div>
  )
}

function Lanes({ d }: { d: Loading }) {
  if (d.lanes?.length === 0) return <EmptyState title={say('ui.dispatch.none')} text={say('ui.dispatch.none_text')} />
  return (
    <ol className={css.lanes}>
      {d.lanes?.map(l => (
        <li key={l.carrier} data-at={l.carrier === d.load.carrier || undefined}>
          <strong>{l.carrier}</strong>
          <span className={css.since}>
            {say('ui.dispatch.since')} <When at={l.since} />
          </span>
          <span className={css.count}>
            {l.carrier === d.load.carrier && <>{number(d.load.waybills.length)} / </>}
            {number(l.parcels)}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Middle({ d }: { d: Loading }) {
  if (d.done) return <Outcome m={d.done} />
  const lane = d.lanes?.find(l => l.carrier === d.load.carrier)
  return (
    <>
      <p className={css.carrier}>{d.load.carrier || say('ui.dispatch.any')}</p>
      <p className={css.big} data-loaded={d.load.waybills.length}>
        {number(d.load.waybills.length)}
        {lane && <small> / {number(lane.parcels)}</small>}
      </p>
      {d.closing ? (
        <p className={css.effect} role="status">
          {say('ui.dispatch.effect', { n: d.load.waybills.length, carrier: d.load.carrier })}
        </p>
      ) : (
        d.last.text && (
          <p className={css.last} data-wrong={d.last.wrong || undefined} role="status">
            {d.last.text}
          </p>
        )
      )}
    </>
  )
}

function Outcome({ m }: { m: Manifest }) {
  return (
    <>
      <p className={css.carrier}>{m.papers.map(p => p.carrier).join(' · ')}</p>
      <p className={css.big} data-handed={m.handed.length}>
        {number(m.handed.length)}
      </p>
      <p className={css.effect}>{say('ui.dispatch.handed', { n: m.handed.length })}</p>
      <div className={css.acts}>
        {m.papers.map(p => (
          <Button key={p.id} icon={<FileText size={18} />} onClick={() => open(p)} keys="p">
            {say('ui.dispatch.print', { carrier: p.carrier })}
          </Button>
        ))}
      </div>
      {m.refused.length > 0 && (
        <ul className={css.refused}>
          {m.refused.map(r => (
            <li key={r.field}>
              <span className="code">{r.waybill}</span> {r.text}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Papers({ list }: { list: Paper[] }) {
  return (
    <ol className={css.papers}>
      {list.map(p => (
        <li key={p.id}>
          <strong>{p.carrier}</strong>
          <span>
            {say('ui.dispatch.parcels', { n: p.parcels })} · {weight(p.weight_g)}
          </span>
          <span className={css.since}>{p.day ?? <When at={p.handed_at} as="clock" />}</span>
          <Button
            tone="quiet"
            icon={<FileText size={18} />}
            aria-label={say('ui.dispatch.print', { carrier: p.carrier })}
            title={say('ui.dispatch.print', { carrier: p.carrier })}
            onClick={() => open(p)}
          />
        </li>
      ))}
    </ol>
  )
}

const open = (p: Paper) => window.open(`/v1/manifests/${p.id}/file?format=pdf`, '_blank', 'noopener')
