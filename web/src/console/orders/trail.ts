import { store } from '../../shared/store.ts'

/** The ids of the list that somebody came from, so that an opened order knows the one before and after it. */
export const trail = store<string[]>([])

export function neighbours(list: string[], id: string) {
  const at = list.indexOf(id)
  return {
    before: at > 0 ? list[at - 1] : undefined,
    after: at >= 0 ? list[at + 1] : undefined,
    at: at + 1,
    of: list.length,
  }
}
