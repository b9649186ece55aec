import { useState } from 'react'
import { useGet } from '../../shared/query.ts'
import { has, say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import { TextField } from '../../ui/Form.tsx'
import css from './Rules.module.css'

const examples = [
  'order.total > 500000',
  'risk.same_address >= 3',
  'recipient.country != "CN"',
  'lines.exists(line, line.quantity > 20)',
  'order.buyer_note.contains("!")',
]

/** What people call an input; one without words has its name alone. */
const called = (input: string) => {
  const code = `ui.fact.${input.replaceAll('.', '_')}`
  return has(code) ? say(code) : ''
}

/** What a condition may ask about, to be put into it with a click. */
export function Inputs({ onTake }: { onTake(what: string): void }) {
  const [search, setSearch] = useState('')
  const read = useGet('list-rule-inputs')
  const wanted = search.trim().toLowerCase()
  const found = read.data?.inputs.filter(i => `${i.name} ${called(i.name)}`.toLowerCase().includes(wanted)) ?? []
  return (
    <aside className={css.inputs} aria-label={say('ui.rules.inputs')}>
      <Card title={say('ui.rules.inputs')}>
        <TextField name="search" label={say('ui.rules.search')} value={search} onChange={setSearch} />
        <ul className={css.facts}>
          {found.map(i => (
            <li key={i.name}>
              <button type="button" onClick={() => onTake(i.name)}>
                <code>{i.name}</code> <span className={css.quiet}>{called(i.name)}</span>
                <span className={css.quiet}>{i.type}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className={css.quiet}>{say('ui.rules.money_hint')}</p>
      </Card>
      <Card title={say('ui.rules.examples')}>
        <ul className={css.facts}>
          {examples.map(e => (
            <li key={e}>
              <button type="button" onClick={() => onTake(e)}>
                <code>{e}</code>
              </button>
            </li>
          ))}
        </ul>
      </Card>
    </aside>
  )
}
