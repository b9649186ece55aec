import { Columns3 } from 'lucide-react'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import { type Column, columnChoice, isShown } from './columns.ts'
import { Menu } from './Menu.tsx'

/** The menu that switches columns of a grid on and off. */
export function ColumnPicker<T>({ name, columns }: { name: string; columns: Column<T>[] }) {
  const kept = columnChoice(name)
  const choice = useStore(kept)
  return (
    <Menu
      align="end"
      trigger={
        <Button tone="quiet" icon={<Columns3 size={16} />} aria-label={say('ui.columns')} title={say('ui.columns')} />
      }
      items={columns.map(c => ({
        text: c.title,
        on: isShown(c, choice),
        act: () => kept.set(was => ({ ...was, [c.key]: !isShown(c, was) })),
      }))}
    />
  )
}
