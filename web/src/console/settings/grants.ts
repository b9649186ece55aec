import type { Grant, Reach } from '../../api/types.gen.ts'

/** The roles there are, from the widest to the narrowest. */
export const roles: Grant['role'][] = [
  'admin',
  'manager',
  'reviewer',
  'warehouse_manager',
  'picker',
  'packer',
  'service',
  'auditor',
  'integration',
]

/** The sides on which a grant can be narrow. */
export const sides = ['nodes', 'shops', 'owners'] as const
export type Side = (typeof sides)[number]

/** What a grant reaches on a side; nothing is everything. */
export const reachOf = (g: Grant, side: Side): string[] => g.reach?.[side] ?? []

/** A grant that reaches something else on a side. */
export function reaching(g: Grant, side: Side, list: string[]): Grant {
  const reach: Reach = { ...g.reach, [side]: list.length ? list : undefined }
  return { role: g.role, ...(sides.some(s => reach[s]?.length) && { reach }) }
}

/** Two lists of grants say the same. */
export const same = (a: Grant[], b: Grant[]) => JSON.stringify(a.map(plain)) === JSON.stringify(b.map(plain))

const plain = (g: Grant) => [g.role, ...sides.map(s => [...reachOf(g, s)].sort())]
