/** How far the work of a collection may be, the nearest to the door first. */
export const states = ['packed', 'picked', 'released', 'allocated'] as const
