import { useMemo } from 'react'
import { keptStore, type Store, useStore } from '../shared/store.ts'
import { useUrlState } from '../shared/url.ts'

/** A view of a list: a name for a set of filters. own ones were saved by the person who sits here. */
export interface View {
  id: string
  title: string
  filters: Record<string, string>
  count?: string
  own?: boolean
}

/** What stands in the address for "the view filters here, and I do not want it". */
const none = '-'

const kept = new Map<string, Store<View[]>>()

function ownViews(list: string): Store<View[]> {
  const have = kept.get(list) ?? keptStore<View[]>(`packhorse.views.${list}`, [])
  kept.set(list, have)
  return have
}

export interface Views {
  views: View[]
  at: View
  /** The filters that hold: the view's, and over them what the address says. */
  filters: Record<string, string>
  /** Something was changed that the view does not say. */
  changed: boolean
  go(id: string): void
  filter(field: string, value: string): void
  discard(): void
  saveAs(title: string): void
  remove(id: string): void
}

/** The views of a list and its filters, all in the address: ?view=held&channel=flagship. */
export function useViews(list: string, builtIn: View[], fields: string[]): Views {
  const [url, change] = useUrlState()
  const store = ownViews(list)
  const own = useStore(store)
  const views = useMemo(() => [...builtIn, ...own.map(v => ({ ...v, own: true }))], [builtIn, own])
  const at = views.find(v => v.id === url.view) ?? (views[0] as View)
  const filters = merge(at.filters, url, fields)
  const clean = Object.fromEntries(fields.map(f => [f, undefined]))
  return {
    views,
    at,
    filters,
    changed: fields.some(f => url[f] !== undefined),
    go: id => change({ ...clean, view: id, open: undefined }, true),
    filter: (field, value) => change({ [field]: value === (at.filters[field] ?? '') ? undefined : value || none }),
    discard: () => change(clean),
    saveAs(title) {
      const id = `own-${Date.now().toString(36)}`
      store.set(was => [...was, { id, title, filters }])
      change({ ...clean, view: id })
    },
    remove(id) {
      store.set(was => was.filter(v => v.id !== id))
      change({ ...clean, view: undefined })
    },
  }
}

/** The view's filters with those of the address over them. */
export function merge(view: Record<string, string>, url: Record<string, string>, fields: string[]) {
  const out: Record<string, string> = {}
  for (const f of fields) {
    const value = url[f] ?? view[f]
    if (value && value !== none) out[f] = value
  }
  return out
}
