import { type LucideIcon, Search } from 'lucide-react'
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

export const tasks: Task[] = [
  {
    path: '/look-up',
    title: 'ui.pda.look_up',
    icon: Search,
    right: 'stock:read',
    ...page(() => import('./look-up/LookUp.tsx')),
  },
]
