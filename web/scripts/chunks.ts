// Which file a module that several parts share is put into: by who needs it, so that nobody loads what only others use.

/** What is known of the modules: which others each needs, and which it loads later. */
export interface Graph {
  getModuleInfo(id: string): { importedIds: string[]; dynamicallyImportedIds: string[] } | null
}

const source = new URL('../src/', import.meta.url).pathname
const most = 0.6 // what so many of the screens share comes at once
const common = 0.25 // and what so many share is one file

/**
 * base: both pages at once. handheld, kit: one of them at once, or most screens. parts: what the handheld needs later and the console
 * too. common, few: many and few screens of the console; an icon is too small to bring a file of its own with it. orders, tasks,
 * stations: what only those share. None needs one that stands behind it.
 */
const files = ['base', 'handheld', 'parts', 'kit', 'common', 'few', 'orders', 'tasks', 'stations'] as const

/** The files of shared modules as the bundler takes them. Made anew for each build. */
export function sharing() {
  const known = new Map<string, Set<string>>()
  const routes = new Map<string, Set<string>>()

  /** What comes with a module. */
  function closure(graph: Graph, from: string) {
    const found = known.get(from) ?? new Set([from])
    if (!known.has(from))
      for (const id of found) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next)
    known.set(from, found)
    return found
  }

  /** The parts that a page loads later, whoever asks for them. */
  function later(graph: Graph, page: string) {
    const out = routes.get(page) ?? new Set<string>()
    const seen = new Set(closure(graph, page))
    if (!routes.has(page)) {
      for (const id of seen) {
        for (const part of graph.getModuleInfo(id)?.dynamicallyImportedIds ?? []) {
          out.add(part)
          for (const more of closure(graph, part)) seen.add(more)
        }
      }
    }
    routes.set(page, out)
    return out
  }

  /** What is needed at once comes first, and a file comes before those that may need it. */
  const file = (id: string, graph: Graph): (typeof files)[number] => {
    const page = (name: string) => `${source}${name}/main.tsx`
    const atOnce = (name: string) => closure(graph, page(name)).has(id)
    const users = (name: string) => [...later(graph, page(name))].filter(part => closure(graph, part).has(id))
    if (atOnce('pda')) return atOnce('console') ? 'base' : 'handheld'
    const desk = users('console')
    if (users('pda').length > 0) return desk.length > 0 || atOnce('console') ? 'parts' : 'tasks'
    const share = desk.length / later(graph, page('console')).size
    if (atOnce('console') || share >= most) return 'kit'
    if (share >= common || id.includes('/lucide-react/')) return 'common'
    if (desk.every(part => part.includes('/stations/'))) return 'stations'
    return /\/console\/orders?\//.test(id) ? 'orders' : 'few'
  }
  return files.map((name, i) => ({
    name: (id: string, graph: Graph) => (file(id, graph) === name ? name : null),
    debugName: name,
    minShareCount: 2,
    priority: files.length - i,
  }))
}
