import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './Kbd.tsx'
import css from './Menu.module.css'

/** One line of a menu; null is a line between groups. */
export type MenuItem = {
  text: string
  icon?: ReactNode
  keys?: string
  /** Has a tick: the item is a switch. */
  on?: boolean
  disabled?: boolean
  danger?: boolean
  act(): void
} | null

/** A button that opens a list of acts: <Menu trigger={<Button>…</Button>} items={[{text, act}]} />. */
export function Menu({
  trigger,
  items,
  align = 'start',
}: {
  trigger: ReactElement
  items: MenuItem[]
  align?: 'start' | 'end'
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={css.float} sideOffset={4} align={align}>
          <Base.Popup className={css.popup}>{items.map((item, i) => line(item, i))}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function line(item: MenuItem, i: number) {
  if (!item) return <Base.Separator key={`line ${i}`} className={css.line} />
  const inside = (
    <>
      {item.icon}
      <span className={css.grow}>{item.text}</span>
      {item.keys && <Kbd keys={item.keys} />}
      {item.on && <Check size={14} aria-hidden="true" />}
    </>
  )
  if (item.on !== undefined) {
    return (
      <Base.CheckboxItem
        key={item.text}
        className={css.item}
        checked={item.on}
        onCheckedChange={item.act}
        disabled={item.disabled}
      >
        {inside}
      </Base.CheckboxItem>
    )
  }
  return (
    <Base.Item
      key={item.text}
      className={`${css.item} ${item.danger ? css.danger : ''}`}
      onClick={item.act}
      disabled={item.disabled}
    >
      {inside}
    </Base.Item>
  )
}
