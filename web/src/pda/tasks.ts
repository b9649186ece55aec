import { ArrowLeftRight, ClipboardCheck, Hand, type LucideIcon, PackagePlus, Search } from 'lucide-react'
import { type ComponentType, createElement } from 'react'
import { type Later, later } from '../ui/Later.tsx'
import { Skeleton } from '../ui/States.tsx'

/** A task of the handheld: one entry here, one folder beside this file. */
export interface Task {
  /** Under /pda: "/look-up". */
  path: string
  /** Code of its name in internal/words/locales/…/ui-pda*.json. */
  title: string
  icon: LucideIcon
  /** The scope that is needed; without it the entry is not shown. */
  right: string
  /** Its code is loaded when the shift begins, that of all tasks, so that one opens offline too. */
  page: Later<object>
}

const page = (load: () => Promise<{ default: ComponentType }>) =>
  later(load, () => createElement(Skeleton, { rows: 4 }))

/** A small one, which comes in one file with the others of its kind. */
const small = (name: 'Count' | 'LookUp' | 'Move' | 'Receive') =>
  page(() => import('./small.ts').then(all => ({ default: all[name] })))

export const tasks: Task[] = [
  { path: '/pick', title: 'ui.pda.pick', icon: Hand, right: 'work', page: page(() => import('./pick/Pick.tsx')) },
  { path: '/receive', title: 'ui.pda.receive', icon: PackagePlus, right: 'stock:write', page: small('Receive') },
  { path: '/move', title: 'ui.pda.move', icon: ArrowLeftRight, right: 'stock:write', page: small('Move') },
  { path: '/count', title: 'ui.pda.count', icon: ClipboardCheck, right: 'stock:write', page: small('Count') },
  { path: '/look-up', title: 'ui.pda.look_up', icon: Search, right: 'stock:read', page: small('LookUp') },
]
