import { may } from '../shared/session.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { letters } from './letters.ts'
import css from './Palette.module.css'
import { type Screen, screens } from './screens.ts'

const everywhere: [string, string][] = [
  ['mod+k', 'ui.find'],
  ['?', 'ui.keys'],
  ['z', 'ui.undo'],
  ['Escape', 'ui.close'],
  ['mod+Enter', 'ui.key.send'],
]

/** What the keys do here and everywhere, and the switch that turns single letters off. */
export default function KeysHelp({ screen, onClose }: { screen?: Screen; onClose(): void }) {
  const on = useStore(letters)
  const going = screens.filter(s => s.keys && may(s.right)).map((s): [string, string] => [s.keys ?? '', s.title])
  return (
    <Dialog title={say('ui.keys')} open onClose={onClose}>
      {screen?.help && <Keys title={say(screen.title)} list={screen.help} />}
      <Keys title={say('ui.keys.everywhere')} list={[...everywhere, ...going]} />
      <label className={css.letters}>
        <input type="checkbox" checked={on} onChange={() => letters.set(!on)} /> {say('ui.keys.letters')}
      </label>
    </Dialog>
  )
}

function Keys({ title, list }: { title: string; list: [string, string][] }) {
  return (
    <section className={css.keys}>
      <h3>{title}</h3>
      <ul>
        {list.map(([key, code]) => (
          <li key={key}>
            <Kbd keys={key} /> <span className="visually-hidden">{key}</span>
            {say(code)}
          </li>
        ))}
      </ul>
    </section>
  )
}
