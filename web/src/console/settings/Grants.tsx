import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { Grant } from '../../api/types.gen.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { reaching, reachOf, roles, type Side, sides } from './grants.ts'
import css from './Settings.module.css'

/** What somebody may do: a row for each role, with where it holds. */
export function Grants({ value, onChange }: { value: Grant[]; onChange(list: Grant[]): void }) {
  const nodes = useGet('list-nodes')
  const shops = useGet('list-channels')
  const known: Record<Side, string[]> = {
    nodes: (nodes.data?.nodes ?? []).map(n => n.code),
    shops: [...new Set((shops.data?.channels ?? []).map(c => c.name))],
    owners: ['-'],
  }
  const put = (i: number, g: Grant) => onChange(value.map((x, k) => (k === i ? g : x)))
  return (
    <fieldset className={css.grants}>
      <legend>{say('ui.settings.grants')}</legend>
      {value.map((g, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a grant has no other name
        <div key={i} className={css.grant}>
          <div className={css.row}>
            <select
              name={`grants[${i}]`}
              aria-label={say('ui.settings.roles')}
              value={g.role}
              onChange={e => put(i, { ...g, role: e.target.value as Grant['role'] })}
            >
              {roles.map(r => (
                <option key={r} value={r}>
                  {say(`ui.settings.role_${r}`)}
                </option>
              ))}
            </select>
            {value.length > 1 && (
              <Button
                tone="quiet"
                icon={<X size={14} />}
                aria-label={say('ui.rows.out')}
                onClick={() => onChange(value.filter((_, k) => k !== i))}
              />
            )}
          </div>
          {sides.map(side => (
            <Where
              key={side}
              side={side}
              known={known[side]}
              value={reachOf(g, side)}
              onChange={list => put(i, reaching(g, side, list))}
            />
          ))}
        </div>
      ))}
      <Button tone="quiet" icon={<Plus size={14} />} onClick={() => onChange([...value, { role: 'picker' }])}>
        {say('ui.settings.add_grant')}
      </Button>
    </fieldset>
  )
}

/** One side of a reach: nothing chosen is everything. */
function Where(props: { side: Side; known: string[]; value: string[]; onChange(list: string[]): void }) {
  const { side, known, value, onChange } = props
  const [text, setText] = useState('')
  const all = [...new Set([...known, ...value])]
  const add = () => {
    const fresh = text.trim()
    if (fresh && !value.includes(fresh)) onChange([...value, fresh])
    setText('')
  }
  return (
    <div role="group" aria-label={say(`ui.settings.side_${side}`)} className={css.where}>
      <span>{say(`ui.settings.side_${side}`)}</span>
      <label className={css.chip}>
        <input type="checkbox" checked={value.length === 0} onChange={() => onChange([])} />
        {say('ui.settings.all')}
      </label>
      {all.map(x => (
        <label key={x} className={css.chip}>
          <input
            type="checkbox"
            checked={value.includes(x)}
            onChange={e => onChange(e.target.checked ? [...value, x] : value.filter(v => v !== x))}
          />
          {shown(side, x)}
        </label>
      ))}
      {side !== 'nodes' && (
        <input
          className={css.more}
          aria-label={say(`ui.settings.more_${side}`)}
          placeholder={say(`ui.settings.more_${side}`)}
          value={text}
          onChange={e => setText(e.target.value)}
          onBlur={add}
          onKeyDown={e => {
            if (e.key !== 'Enter' || e.ctrlKey || e.metaKey) return
            e.preventDefault()
            add()
          }}
        />
      )}
    </div>
  )
}

/** A name of a reach for people: - are the company's own goods. */
export const shown = (side: Side, x: string) => (side === 'owners' && x === '-' ? say('ui.settings.own_goods') : x)
