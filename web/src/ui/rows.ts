/** The rows with some fields of one of them changed. */
export const put = <R>(rows: R[], at: number, part: Partial<R>): R[] =>
  rows.map((r, i) => (i === at ? { ...r, ...part } : r))

/** The rows without one of them. */
export const without = <R>(rows: R[], at: number): R[] => rows.filter((_, i) => i !== at)

/** The rows with one of them in another place. */
export function moved<R>(rows: R[], from: number, to: number): R[] {
  const next = [...rows]
  const [one] = next.splice(from, 1)
  if (one !== undefined) next.splice(to, 0, one)
  return next
}
