import { ArrowLeftRight, ClipboardCheck, Hand, type LucideIcon, PackagePlus, Search } from 'lucide-react'
import { type ComponentType, lazy } from 'react'

/** A task of the handheld: one entry here, one folder beside this file. */
export interface Task {
  /** Under /pda: "/look-up". */
  path: string
  /** Code of its name in internal/words/locales/…/ui-pda*.json. */
  title: string
  icon: LucideIcon
  /** The scope that is needed; without it the entry is not shown. */
  right: string
  page: ComponentType
  /** Loads its code: all of it when the shift begins, so that a task opens offline too. */
  load(): Promise<unknown>
}

/** The page of a task and its loading: ...page(() => import('./pick/Pick.tsx')). */
const page = (load: () => Promise<{ default: ComponentType }>) => ({ page: lazy(load), load })

/** A small one, which comes in one file with the others of its kind. */
const small = (name: 'Count' | 'LookUp' | 'Move' | 'Receive') =>
  page(() => import('./small.ts').then(all => ({ default: all[name] })))

export const tasks: Task[] = [
  { path: '/pick', title: 'ui.pda.pick', icon: Hand, right: 'work', ...page(() => import('./pick/Pick.tsx')) },
  { path: '/receive', title: 'ui.pda.receive', icon: PackagePlus, right: 'stock:write', ...small('Receive') },
  { path: '/move', title: 'ui.pda.move', icon: ArrowLeftRight, right: 'stock:write', ...small('Move') },
  { path: '/count', title: 'ui.pda.count', icon: ClipboardCheck, right: 'stock:write', ...small('Count') },
  { path: '/look-up', title: 'ui.pda.look_up', icon: Search, right: 'stock:read', ...small('LookUp') },
]
