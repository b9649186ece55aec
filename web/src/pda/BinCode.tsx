import css from './BinCode.module.css'

/** The code of a bin in segments, the zone in a block of its own, to be read while walking. quiet: one stands there. */
export function BinCode({ code, zone, quiet }: { code: string; zone?: string; quiet?: boolean }) {
  const block = zone && code.startsWith(zone) && /^[-/.]?\d/.test(code.slice(zone.length)) ? zone : ''
  const parts = code
    .slice(block.length)
    .replace(/^[-/.]/, '')
    .split(/(?<=[-/.])/)
  const size = code.length > 11 ? css.long : code.length > 9 ? css.middle : ''
  return (
    <div className={`${css.bin} ${size}`} data-quiet={quiet || undefined} data-bin={code}>
      {block && <span className={css.zone}>{block}</span>}
      {parts.map((p, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the segments of one code stand still
        <span key={i} className={css.part}>
          {p.replace(/[-/.]$/, '')}
          {i < parts.length - 1 && <span className={css.between}>{p.slice(-1)}</span>}
        </span>
      ))}
    </div>
  )
}
