import {
  Boxes,
  ChartColumn,
  ClipboardCheck,
  Combine,
  Grid3x3,
  Headset,
  House,
  ListChecks,
  ListTodo,
  type LucideIcon,
  Map as MapIcon,
  PackageCheck,
  Route,
  ScanBarcode,
  Settings as SettingsIcon,
  ShoppingBag,
  Split,
  Store,
  TriangleAlert,
  Truck,
  Undo2,
  Waves,
} from 'lucide-react'
import { type ComponentType, createElement } from 'react'
import { type Later, later } from '../ui/Later.tsx'
import { Skeleton } from '../ui/States.tsx'
import { tabs } from './settings/tabs.ts'

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
  /** What stands in tabs of it, for the search above every screen: [query, code of its name, right]. */
  parts?: [string, string, string?][]
  /** Fills the screen, without rail, to be read from afar. */
  station?: boolean
  page: Later<{ id: string }>
}

/** A file of a screen gives its page as default; it comes when the screen is first opened. */
const page = (load: () => Promise<{ default: ComponentType<{ id: string }> }>) =>
  later(load, () => createElement(Skeleton))

export const screens: Screen[] = [
  {
    path: '/today',
    title: 'ui.screen.today',
    icon: House,
    keys: 'g t',
    page: page(() => import('./today/Today.tsx')),
  },
  {
    path: '/exceptions',
    title: 'ui.screen.exceptions',
    icon: TriangleAlert,
    right: 'orders:read',
    keys: 'g e',
    help: [
      ['j', 'ui.exceptions.down'],
      ['k', 'ui.exceptions.up'],
      ['a', 'ui.order.approve'],
      ['e', 'ui.order.edit'],
      ['h', 'ui.order.hold'],
      ['s', 'ui.exceptions.snooze'],
      ['r', 'ui.order.reject'],
      ['m', 'ui.exceptions.ask'],
      ['f', 'ui.exceptions.force'],
      ['o', 'ui.exceptions.whole'],
      ['1', 'ui.exceptions.causes'],
      ['z', 'ui.undo'],
    ],
    page: page(() => import('./exceptions/Exceptions.tsx')),
  },
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
      ['w', 'ui.byhand.move'],
      ['v', 'ui.byhand.split'],
      ['m', 'ui.byhand.merge'],
      ['[', 'ui.key.previous'],
      [']', 'ui.key.next'],
    ],
    page: page(() => import('./order/Order.tsx')),
  },
  {
    path: '/waves',
    title: 'ui.screen.waves',
    icon: Waves,
    right: 'orders:read',
    keys: 'g w',
    help: [
      ['j', 'ui.key.down'],
      ['k', 'ui.key.up'],
      ['x', 'ui.key.select'],
      ['mod+Enter', 'ui.waves.build_batch'],
      ['1', 'ui.key.views'],
      ['Enter', 'ui.key.open'],
    ],
    page: page(async () => ({ default: (await import('./waves/pages.ts')).Waves })),
  },
  {
    path: '/waves/:id',
    title: 'ui.screen.wave',
    right: 'orders:read',
    help: [['n', 'ui.wave.next']],
    page: page(async () => ({ default: (await import('./waves/pages.ts')).WaveLive })),
  },
  {
    path: '/allocation',
    title: 'ui.screen.allocation',
    icon: Split,
    right: 'orders:read',
    keys: 'g a',
    help: [
      ['j', 'ui.key.down'],
      ['k', 'ui.key.up'],
      ['x', 'ui.key.select'],
      ['Enter', 'ui.key.open'],
      ['r', 'ui.allocation.again'],
      ['w', 'ui.byhand.move'],
    ],
    page: page(() => import('./allocation/Allocation.tsx')),
  },
  {
    path: '/merge',
    title: 'ui.screen.merge',
    icon: Combine,
    right: 'orders:read',
    keys: 'g m',
    help: [
      ['j', 'ui.key.down'],
      ['k', 'ui.key.up'],
      ['Enter', 'ui.key.open'],
      ['x', 'ui.key.select'],
      ['p', 'ui.merge.together'],
      ['s', 'ui.merge.separate'],
      ['h', 'ui.merge.hold'],
      ['i', 'ui.merge.ignore'],
    ],
    page: page(() => import('./merge/Merge.tsx')),
  },
  {
    path: '/rules',
    title: 'ui.screen.rules',
    icon: ListChecks,
    right: 'orders:read',
    keys: 'g u',
    help: [
      ['n', 'ui.rules.new'],
      ['j', 'ui.key.down'],
      ['k', 'ui.key.up'],
      ['Enter', 'ui.key.open'],
    ],
    page: page(async () => ({ default: (await import('./rules/pages.ts')).Rules })),
  },
  {
    path: '/rules/:id',
    title: 'ui.screen.rule',
    right: 'orders:read',
    help: [
      ['t', 'ui.rules.try'],
      ['mod+Enter', 'ui.rules.publish'],
    ],
    page: page(async () => ({ default: (await import('./rules/pages.ts')).RulePage })),
  },
  {
    path: '/pack',
    title: 'ui.screen.pack',
    icon: PackageCheck,
    right: 'work',
    station: true,
    help: [
      ['1', 'ui.pack.key.box'],
      ['F2', 'ui.pack.cmd.reprint'],
      ['F4', 'ui.pack.key.no_scale'],
      ['Escape', 'ui.pack.key.leave'],
    ],
    page: page(() => import('../stations/pack/Pack.tsx')),
  },
  {
    path: '/put-wall',
    title: 'ui.screen.wall',
    icon: Grid3x3,
    right: 'work',
    station: true,
    help: [
      ['Enter', 'ui.wall.key.confirm'],
      ['Backspace', 'ui.undo'],
      ['Escape', 'ui.wall.key.leave'],
    ],
    page: page(() => import('../stations/putwall/PutWall.tsx')),
  },
  {
    path: '/dispatch',
    title: 'ui.screen.dispatch',
    icon: Truck,
    right: 'ship',
    station: true,
    help: [
      ['c', 'ui.dispatch.close'],
      ['p', 'ui.dispatch.key.print'],
      ['Backspace', 'ui.dispatch.back'],
    ],
    page: page(() => import('../stations/dispatch/Dispatch.tsx')),
  },
  {
    path: '/shipments',
    title: 'ui.screen.shipments',
    icon: Route,
    right: 'orders:read',
    keys: 'g l',
    help: [
      ['1', 'ui.key.views'],
      ['j', 'ui.key.down'],
      ['k', 'ui.key.up'],
      ['Enter', 'ui.key.open'],
    ],
    page: page(() => import('./shipments/Shipments.tsx')),
  },
  {
    path: '/returns',
    title: 'ui.screen.aftersales',
    icon: Undo2,
    right: 'orders:read',
    keys: 'g r',
    help: [
      ['1', 'ui.key.views'],
      ['j', 'ui.key.down'],
      ['k', 'ui.key.up'],
      ['Enter', 'ui.key.open'],
    ],
    page: page(async () => ({ default: (await import('./aftersales/pages.ts')).Aftersales })),
  },
  {
    path: '/returns/:id',
    title: 'ui.screen.case',
    right: 'orders:read',
    help: [
      ['a', 'ui.aftersales.approve'],
      ['r', 'ui.aftersales.reject'],
      ['l', 'ui.aftersales.label'],
      ['i', 'ui.aftersales.inspect'],
      ['m', 'ui.aftersales.ask_refund'],
    ],
    page: page(async () => ({ default: (await import('./aftersales/pages.ts')).Case })),
  },
  {
    path: '/inspect',
    title: 'ui.screen.returns',
    icon: ClipboardCheck,
    right: 'ship',
    station: true,
    help: [
      ['1', 'ui.returns.key.grade'],
      ['Escape', 'ui.pack.key.leave'],
    ],
    page: page(() => import('../stations/returns/Returns.tsx')),
  },
  {
    path: '/customer',
    title: 'ui.screen.customer',
    icon: Headset,
    right: 'orders:read',
    keys: 'g c',
    help: [
      ['/', 'ui.customer.search'],
      ['j', 'ui.key.down'],
      ['k', 'ui.key.up'],
    ],
    page: page(() => import('./customer/Customer.tsx')),
  },
  {
    path: '/stock',
    title: 'ui.screen.stock',
    icon: Boxes,
    right: 'stock:read',
    keys: 'g s',
    help: [
      ['/', 'ui.key.search'],
      ['1', 'ui.key.views'],
      ['Enter', 'ui.key.open'],
      ['a', 'ui.stock.adjust'],
      ['m', 'ui.stock.move'],
      ['c', 'ui.stock.count'],
    ],
    page: page(() => import('./stock/Stock.tsx')),
  },
  {
    path: '/counts',
    title: 'ui.screen.counts',
    icon: ClipboardCheck,
    right: 'stock:read',
    keys: 'g n',
    help: [
      ['n', 'ui.counts.order'],
      ['Enter', 'ui.counts.enter'],
    ],
    page: page(() => import('./counts/Counts.tsx')),
  },
  {
    path: '/floor',
    title: 'ui.screen.floor',
    icon: MapIcon,
    right: 'stock:read',
    keys: 'g f',
    help: [['1', 'ui.key.views']],
    page: page(() => import('./floor/FloorMap.tsx')),
  },
  {
    path: '/dashboard',
    title: 'ui.screen.dashboard',
    icon: ChartColumn,
    right: 'orders:read',
    keys: 'g d',
    help: [['t', 'ui.dashboard.tv']],
    page: page(() => import('./dashboard/Dashboard.tsx')),
  },
  {
    path: '/jobs',
    title: 'ui.screen.jobs',
    icon: ListTodo,
    right: 'orders:read',
    keys: 'g j',
    page: page(() => import('./jobs/Jobs.tsx')),
  },
  {
    path: '/channels',
    title: 'ui.screen.channels',
    icon: Store,
    right: 'orders:read',
    parts: [
      ['?tab=strangers', 'ui.channels.tab_strangers'],
      ['?tab=mappings', 'ui.channels.tab_mappings'],
      ['?tab=buffers', 'ui.channels.tab_buffers', 'stock:read'],
      ['?tab=file', 'ui.channels.tab_file', 'stock:write'],
    ],
    page: page(() => import('./channels/Channels.tsx')),
  },
  {
    path: '/settings',
    title: 'ui.screen.settings',
    icon: SettingsIcon,
    keys: 'g ,',
    parts: tabs.map(t => [`?tab=${t.id}`, t.title, t.right]),
    page: page(() => import('./settings/Settings.tsx')),
  },
]

/** The icon of a station in the rail, where it names none of its own. */
export const stationIcon = ScanBarcode

/** Loads the code of the screen that an address opens, and of those that share its beginning, before it is known who may see it. */
export function ahead(path: string) {
  const first = path.split('/')[1]
  for (const s of screens) if (s.path.split('/')[1] === first) void s.page.load().catch(() => {})
}
