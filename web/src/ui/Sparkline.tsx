/** A line of a few numbers, the size of a word. label says in words what it shows. */
export function Sparkline({
  values,
  label,
  width = 96,
  height = 24,
}: {
  values: number[]
  label: string
  width?: number
  height?: number
}) {
  const top = Math.max(...values, 1)
  const step = values.length > 1 ? (width - 4) / (values.length - 1) : 0
  const points = values.map(
    (v, i) => `${(2 + i * step).toFixed(1)},${(height - 2 - (v / top) * (height - 4)).toFixed(1)}`,
  )
  const last = points.at(-1)?.split(',')
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--chart-1)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      {last && <circle cx={last[0]} cy={last[1]} r={2} fill="var(--chart-1)" />}
    </svg>
  )
}
