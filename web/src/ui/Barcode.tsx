import { code128 } from './code128.ts'

/** A bar code to be scanned from paper or from the screen, with its text under it in print. */
export function Barcode({ text, height = 40 }: { text: string; height?: number }) {
  const bars = code128(text)
  if (!bars) return null
  const quiet = 10 // modules on both sides
  const total = bars.reduce((sum, w) => sum + w, 0) + 2 * quiet
  let x = quiet
  return (
    <svg
      viewBox={`0 0 ${total} ${height}`}
      width={total * 1.5}
      height={height}
      preserveAspectRatio="none"
      role="img"
      aria-label={text}
    >
      <rect width={total} height={height} fill="#fff" />
      {bars.map((w, i) => {
        const at = x
        x += w
        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other name than their place
        return i % 2 === 0 ? <rect key={i} x={at} width={w} height={height} fill="#000" /> : null
      })}
    </svg>
  )
}
