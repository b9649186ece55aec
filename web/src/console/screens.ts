import { type LucideIcon, ScanBarcode, ShoppingBag } from 'lucide-react'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/** A screen of the console: one entry here, one folder beside this file. */
export interface Screen {
  /** Of the address; ":id" is given to the screen as a parameter. */
  path: string
  /** Code of its name in internal/words/locales/…/ui*.json. */
  title: string
  /** Has a place in the rail. A detail page has none. */
  icon?: LucideIcon
  /** The scope that is needed; without it the rail hides the entry and the page names the right. */
  right?: string
  /** The sequence that goes there: "g o". */
  keys?: string
  /** What its keys do, for "?": [key, code of words]. */
  help?: [string, string][]
  /** Fills the screen, without rail, to be read from afar. */
  station?: boolean
  page: LazyExoticComponent<ComponentType<{ id: string }>>
}

/** A file of a screen gives its page as default; it comes when the screen is first opened. */
const page = (load: () => Promise<{ default: ComponentType<{ id: string }> }>) => lazy(load)

export const screens: Screen[] = [
  {
    path: '/orders',
    title: 'ui.screen.orders',
    icon: ShoppingBag,
    right: 'orders:read',
    keys: 'g o',
    help: [
      ['/', 'ui.key.search'],
      ['1', 'ui.key.views'],
      ['j', 'ui.key.down'],
      ['k', 'ui.key.up'],
      ['x', 'ui.key.select'],
      ['Enter', 'ui.key.open'],
    ],
    page: page(() => import('./orders/Orders.tsx')),
  },
  {
    path: '/orders/:id',
    title: 'ui.screen.order',
    right: 'orders:read',
    help: [
      ['a', 'ui.order.approve'],
      ['h', 'ui.order.hold'],
      ['r', 'ui.order.reject'],
      ['e', 'ui.order.edit'],
      ['[', 'ui.key.previous'],
      [']', 'ui.key.next'],
    ],
    page: page(() => import('./order/Order.tsx')),
  },
]

/** The icon of a station in the rail, where it names none of its own. */
export const stationIcon = ScanBarcode
