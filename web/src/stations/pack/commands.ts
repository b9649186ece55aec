/** What a command bar code does. They are printed on one sheet and hang at the bench. */
export type Command =
  | { act: 'next' | 'leave' | 'reprint' | 'no_scale' | 'without' }
  | { act: 'box' | 'reason'; no: number }

const start = 'PH-'

/** Every command with its code, in the order of the sheet. */
export const commands: { code: string; act: Command['act']; no?: number }[] = [
  { code: `${start}NEXT`, act: 'next' },
  { code: `${start}LEAVE`, act: 'leave' },
  { code: `${start}NOSCALE`, act: 'no_scale' },
  { code: `${start}REPRINT`, act: 'reprint' },
  { code: `${start}WITHOUT`, act: 'without' },
  ...[1, 2, 3, 4].map(no => ({ code: `${start}BOX${no}`, act: 'box' as const, no })),
  ...[1, 2, 3, 4].map(no => ({ code: `${start}WHY${no}`, act: 'reason' as const, no })),
]

/** The command behind a scan; undefined for every other bar code. */
export function command(code: string): Command | undefined {
  const found = commands.find(c => c.code === code.toUpperCase())
  if (!found) return undefined
  return found.act === 'box' || found.act === 'reason' ? { act: found.act, no: found.no ?? 1 } : { act: found.act }
}

/** Why a label is printed again, as the bench offers it. */
export const reasons = ['torn', 'faint', 'jammed', 'lost'] as const
