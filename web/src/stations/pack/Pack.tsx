import { useKeys } from '../../shared/keys.ts'
import { useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { useStore } from '../../shared/store.ts'
import { say } from '../../shared/words.ts'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { TimeLeft } from '../../ui/When.tsx'
import { SheetButton } from '../Sheet.tsx'
import { Boxes } from './Boxes.tsx'
import { commands, reasons } from './commands.ts'
import { Labels } from './Labels.tsx'
import { Lines } from './Lines.tsx'
import css from './Pack.module.css'
import { Scale } from './Scale.tsx'
import { Together } from './Together.tsx'
import { useBench } from './useBench.ts'
import { bench, useLabels } from './useLabels.ts'
import { choices, parcelNo } from './work.ts'

/** The packing bench: scan the tote, the goods, the carton; weigh; scan the label. Nothing is clicked. */
export default function Pack() {
  const b = useBench(act => (act === 'reprint' ? labels.reprint() : labels.because(act.reason)))
  const s = b.state
  const labels = useLabels(s.stage === 'label' ? s.at?.id : undefined, b.next, b.stop)
  const take = (code: string) =>
    s.stage === 'label' && !code.toUpperCase().startsWith('PH-') ? labels.scan(code) : b.take(code)
  const pick = (no: number) => () => {
    if (labels.asksWhy) labels.because(no)
    else if (s.stage === 'box') b.take(choices(s)[no - 1] ?? '')
  }
  useKeys({
    '1': pick(1),
    '2': pick(2),
    '3': pick(3),
    '4': pick(4),
    F2: labels.reprint,
    F4: () => b.take('PH-NOSCALE'),
    F8: () => s.stage === 'waiting' && b.take('PH-WITHOUT'),
    Escape: () => (s.stage === 'stopped' ? b.take('PH-NEXT') : b.leave()),
    ...(s.stage === 'stopped' && { Enter: () => b.take('PH-NEXT') }),
  })
  const word = labels.asksWhy ? 'why' : s.stage
  return (
    <div className={css.page} data-stage={s.stage}>
      <section className={css.left} aria-label={say('ui.pack.goods')}>
        <Lines state={s} />
      </section>
      <section className={css.centre} data-stop={s.stage === 'stopped' || undefined}>
        <ScanPrompt text={say(`ui.pack.prompt.${word}`)} onScan={take} />
        <p className={css.word} data-word>
          {say(`ui.pack.word.${word}`)}
        </p>
        {b.problem && s.stage !== 'stopped' && (
          <p className={css.problem} role="status">
            {b.problem}
          </p>
        )}
        {s.stage === 'stopped' && (
          <ul className={css.stops}>
            {b.stops.map(x => (
              <li key={x.code + x.at}>{x.text}</li>
            ))}
          </ul>
        )}
        {s.at?.together && <Together state={s} />}
        {labels.asksWhy && <Why />}
        {s.stage === 'weigh' && !labels.asksWhy && <Scale state={s} take={b.take} />}
        {s.at && (
          <dl className={css.order}>
            <dt>{say('ui.pack.order')}</dt>
            <dd className="code">{s.at.order_no}</dd>
            {s.at.deadline && (
              <>
                <dt>{say('ui.pack.deadline')}</dt>
                <dd>
                  <TimeLeft until={s.at.deadline} />
                </dd>
              </>
            )}
            {parcelNo(s).of > 1 && (
              <>
                <dt>{say('ui.pack.parcel')}</dt>
                <dd>
                  {Math.min(parcelNo(s).no + 1, parcelNo(s).of)} / {parcelNo(s).of}
                </dd>
              </>
            )}
          </dl>
        )}
        <Foot />
      </section>
      <section className={css.right} aria-label={say('ui.pack.parcel')}>
        {s.stage === 'label' ? <Labels labels={labels} /> : <Boxes state={s} />}
      </section>
    </div>
  )
}

function Why() {
  return (
    <ol className={css.why}>
      {reasons.map((r, i) => (
        <li key={r}>
          <kbd>{i + 1}</kbd> {say(`ui.pack.why.${r}`)}
        </li>
      ))}
    </ol>
  )
}

/** What is set once at a bench: whose printer, and the sheet of command codes. */
function Foot() {
  const at = useStore(bench)
  const { data } = useGet('list-printers', {}, { enabled: may('stock:read') })
  const stations = [...new Set((data?.printers ?? []).map(p => p.station).filter(x => x))] as string[]
  return (
    <footer className={css.foot}>
      {stations.length > 0 && (
        <label className={css.station}>
          {say('ui.pack.station')}
          <select value={at} onChange={e => bench.set(e.target.value)}>
            <option value="">{say('ui.pack.station_any')}</option>
            {stations.map(x => (
              <option key={x}>{x}</option>
            ))}
          </select>
        </label>
      )}
      <SheetButton title={say('ui.pack.sheet_title')} codes={commands.map(c => ({ code: c.code, word: wordOf(c) }))} />
    </footer>
  )
}

function wordOf(c: (typeof commands)[number]) {
  const why = reasons[(c.no ?? 1) - 1]
  return c.act === 'reason'
    ? say('ui.pack.cmd.reason', { why: say(`ui.pack.why.${why}`) })
    : say(`ui.pack.cmd.${c.act}`, { n: c.no })
}
