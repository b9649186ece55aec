import type { Level, Node } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import type { Column } from '../../ui/columns.ts'
import { When } from '../../ui/When.tsx'
import css from './Stock.module.css'

const wide = 6 // warehouses that have a column of their own from the beginning

/** The columns of stock: the sums, then each warehouse; of what does not move, since when. */
export function columns(nodes: Node[], idle = false): Column<Level>[] {
  return [
    { key: 'sku', title: say('ui.stock.sku'), width: '170px', cell: l => <span className="code">{l.sku}</span> },
    {
      key: 'title',
      title: say('ui.stock.title'),
      width: 'minmax(200px, 1fr)',
      cell: l => <span title={l.title}>{l.title}</span>,
    },
    { key: 'owner', title: say('ui.stock.owner'), width: '120px', off: true, cell: l => l.owner ?? '' },
    { key: 'on_hand', title: say('ui.stock.on_hand'), width: '90px', num: true, cell: l => figure(l.on_hand) },
    { key: 'reserved', title: say('ui.stock.reserved'), width: '90px', num: true, cell: l => figure(l.reserved) },
    { key: 'blocked', title: say('ui.stock.blocked'), width: '90px', num: true, cell: l => figure(l.blocked) },
    {
      key: 'available',
      title: say('ui.stock.available'),
      width: '90px',
      num: true,
      cell: l => free(l.available, l.on_hand),
    },
    ...(idle ? [moved()] : []),
    ...(nodes.length > 1 ? nodes.map(perNode) : []),
  ]
}

const moved = (): Column<Level> => ({
  key: 'moved',
  title: say('ui.stock.moved'),
  width: '150px',
  cell: l => (l.moved_at ? <When at={l.moved_at} /> : <span className={css.of}>{say('ui.stock.never')}</span>),
})

/** What one warehouse has: still to be promised, of all that stands there. */
const perNode = (n: Node, i: number): Column<Level> => ({
  key: `at-${n.code}`,
  title: `${n.code} ${say('ui.stock.available_short')}`,
  width: '110px',
  num: true,
  off: i >= wide,
  cell: l => {
    const here = l.nodes.find(x => x.node === n.code)
    if (!here) return <span className={css.of}>—</span>
    return (
      <span title={say('ui.stock.available_of', { available: here.available, on_hand: here.on_hand })}>
        {free(here.available, here.on_hand)} <span className={css.of}>/ {number(here.on_hand)}</span>
      </span>
    )
  },
})

const figure = (n: number) => (n === 0 ? <span className={css.of}>0</span> : number(n))

const free = (n: number, onHand: number) =>
  n <= 0 && onHand > 0 ? <span className={css.none}>{number(n)}</span> : figure(n)
