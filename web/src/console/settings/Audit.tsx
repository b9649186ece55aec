import { ArrowDownUp } from 'lucide-react'
import { useState } from 'react'
import { type AuditEntry, operations } from '../../api/types.gen.ts'
import type { Query } from '../../shared/api.ts'
import { useList } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { has, say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import type { Column } from '../../ui/columns.ts'
import { DataGrid } from '../../ui/DataGrid.tsx'
import { instant } from '../../ui/DateField.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { actorName } from '../../ui/Timeline.tsx'
import { When } from '../../ui/When.tsx'
import css from './Settings.module.css'

const labels = { actor: 'ui.settings.actor', object: 'ui.settings.object' }
const texts = ['actor', 'object'] as const

/** What an operation is called in the log; one without words stands as the API calls it. */
const called = (act: string) => {
  const code = `ui.act.${act.replaceAll('-', '_')}`
  return has(code) ? say(code) : act
}

const noteOf = (n: string | undefined) =>
  n && (has(`ui.settings.audit_note.${n}`) ? say(`ui.settings.audit_note.${n}`) : n)
const purposeOf = (p: string | undefined) => p && (has(`ui.export.purpose.${p}`) ? say(`ui.export.purpose.${p}`) : p)

/** Every operation that the log can name, by what it is called; one that is asked for and unknown is among them. */
function acts(asked: string | undefined) {
  const known = [...Object.keys(operations), 'export-orders'].filter(act => called(act) !== act)
  const all = asked && !known.includes(asked) ? [...known, asked] : known
  return all.map(act => ({ act, text: called(act) })).sort((a, b) => a.text.localeCompare(b.text))
}

/** Who did what: narrowed by whom, what, on which thing and when; from either end. */
export function Audit() {
  const [url, change] = useUrlState()
  const oldest = url.sort === 'oldest'
  const query = {
    actor: url.actor,
    act: url.act,
    object: url.object,
    since: url.since && new Date(instant(`${url.since}T00:00`)).toISOString(),
    until: url.until && new Date(instant(`${url.until}T00:00`) + 86_400_000).toISOString(),
    ...(oldest && { sort: 'oldest' }),
  } as Query<'list-audit'>
  const list = useList('list-audit', query, p => p.entries)
  const narrowed = [...texts, 'act', 'since', 'until'].some(f => url[f])
  return (
    <>
      <div className={css.filters}>
        {texts.map(f => (
          <TextFilter
            key={`${f} ${url[f] ?? ''}`}
            label={say(labels[f])}
            value={url[f] ?? ''}
            onChange={v => change({ [f]: v })}
          />
        ))}
        <label>
          {say('ui.settings.act')}
          <select value={url.act ?? ''} onChange={e => change({ act: e.target.value })}>
            <option value="">{say('ui.settings.any_act')}</option>
            {acts(url.act).map(a => (
              <option key={a.act} value={a.act}>
                {a.text}
              </option>
            ))}
          </select>
        </label>
        {(['since', 'until'] as const).map(f => (
          <label key={f}>
            {say(`ui.settings.day_${f}`)}
            <input type="date" value={url[f] ?? ''} onChange={e => change({ [f]: e.target.value })} />
          </label>
        ))}
        <Button
          tone="quiet"
          icon={<ArrowDownUp size={14} />}
          onClick={() => change({ sort: oldest ? undefined : 'oldest' })}
        >
          {say(oldest ? 'ui.settings.oldest' : 'ui.settings.newest')}
        </Button>
        {narrowed && (
          <Button
            tone="quiet"
            onClick={() =>
              change({ actor: undefined, act: undefined, object: undefined, since: undefined, until: undefined })
            }
          >
            {say('ui.view.discard')}
          </Button>
        )}
      </div>
      <DataGrid
        name="audit"
        label={say('ui.settings.audit')}
        columns={columns(change)}
        list={list}
        keyOf={e => e.id}
        exports={{ list: 'list-audit', query }}
        empty={<EmptyState title={say(narrowed ? 'ui.settings.no_audit_here' : 'ui.settings.no_audit')} />}
      />
    </>
  )
}

/** Asked for when it is finished: Enter, or when the field is left. */
function TextFilter({ label, value, onChange }: { label: string; value: string; onChange(v: string): void }) {
  const [text, setText] = useState(value)
  const done = () => text.trim() !== value && onChange(text.trim())
  return (
    <label>
      {label}
      <input
        type="search"
        data-scan="text"
        value={text}
        onChange={e => setText(e.target.value)}
        onBlur={done}
        onKeyDown={e => e.key === 'Enter' && done()}
      />
    </label>
  )
}

type Change = (fields: Record<string, string>) => void

/** Names narrow the list when they are pressed. */
const columns = (change: Change): Column<AuditEntry>[] => [
  { key: 'at', title: say('ui.settings.at'), width: '150px', cell: e => <When at={e.at} as="clock" /> },
  { key: 'actor', title: say('ui.settings.actor'), width: '160px', cell: e => narrow(e, 'actor', change) },
  { key: 'act', title: say('ui.settings.act'), width: '200px', cell: e => narrow(e, 'act', change) },
  { key: 'object', title: say('ui.settings.object'), width: '210px', cell: e => narrow(e, 'object', change) },
  {
    key: 'fields',
    title: say('ui.settings.set'),
    width: 'minmax(200px, 1fr)',
    cell: e => [e.fields.join(', '), purposeOf(e.purpose), noteOf(e.note)].filter(Boolean).join(' · '),
  },
  { key: 'address', title: say('ui.settings.from'), width: '140px', cell: e => e.address },
]

/** A person by the log-in, a key and a command as what they are. */
const by = (actor: string) => {
  const sort = actor.split(':')[0] ?? ''
  const code = `ui.settings.by_${sort}`
  return has(code) ? say(code, { name: actor.slice(sort.length + 1) }) : actorName(actor)
}

const said = (e: AuditEntry, field: 'actor' | 'act' | 'object') =>
  field === 'act' ? called(e.act) : field === 'actor' ? by(e.actor) : e.object

const narrow = (e: AuditEntry, field: 'actor' | 'act' | 'object', change: Change) =>
  e[field] && (
    <button
      type="button"
      className={css.narrow}
      tabIndex={-1}
      title={say('ui.settings.only_this')}
      onClick={() => change({ [field]: e[field] ?? '' })}
    >
      {said(e, field)}
    </button>
  )
