import { Bookmark, Search, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useShowKeys } from '../shared/keys.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Form, TextField } from './Form.tsx'
import css from './ListBar.module.css'
import { Tabs } from './Tabs.tsx'
import type { Views } from './views.ts'

/** A filter above a list: with options a choice, without a day. */
export interface Filter {
  name: string
  label: string
  options?: { value: string; text: string }[]
}

interface Props {
  label: string
  views: Views
  filters: Filter[]
  /** The field of free search, focused by "/". */
  search?: string
  /** Buttons at the end of the tabs: columns, export. */
  tools?: ReactNode
}

/** What stands above a list: views as tabs with counts, filters, and what was changed of a view. 1 to 8 go to the views. */
export function ListBar({ label, views, filters, search, tools }: Props) {
  const [at, go] = useTab(views)
  const byNumber = views.views.slice(0, 8).map((v, i) => [String(i + 1), () => go(v.id)] as const)
  useShowKeys(Object.fromEntries(byNumber))
  return (
    <div className={css.bar}>
      <div className={css.views}>
        <div className={css.tabs}>
          <Tabs label={label} tabs={views.views} at={at} onGo={go} />
        </div>
        <div className={css.tools}>{tools}</div>
      </div>
      {(search || filters.length > 0 || views.changed || views.at.own) && (
        <div className={css.filters}>
          {search && <SearchBox value={views.filters[search] ?? ''} onChange={v => views.filter(search, v)} />}
          {filters.map(f => (
            <Chip key={f.name} filter={f} value={views.filters[f.name] ?? ''} onChange={v => views.filter(f.name, v)} />
          ))}
          <Changes views={views} />
        </div>
      )}
    </div>
  )
}

/** The tab that is shown as chosen, and the way to another: it is painted at once, and its list is begun after that. */
function useTab(views: Views): [string, (id: string) => void] {
  const [chosen, setChosen] = useState<string | null>(null)
  const latest = useRef(views)
  latest.current = views
  const here = views.at.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever went elsewhere is there
  useEffect(() => setChosen(null), [here])
  useEffect(() => {
    if (chosen === null) return
    let then: ReturnType<typeof setTimeout>
    const go = () => {
      latest.current.go(chosen)
      setChosen(null)
    }
    const frame = requestAnimationFrame(() => (then = setTimeout(go)))
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(then)
    }
  }, [chosen])
  return [chosen ?? here, setChosen]
}

function Chip({ filter, value, onChange }: { filter: Filter; value: string; onChange(v: string): void }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is inside, after what it is for
    <label className={css.filter} data-on={value ? true : undefined}>
      <span>{filter.label}</span>
      {filter.options ? (
        <select aria-label={filter.label} value={value} onChange={e => onChange(e.target.value)}>
          <option value="">{say('ui.any')}</option>
          {filter.options.map(o => (
            <option key={o.value} value={o.value}>
              {o.text}
            </option>
          ))}
        </select>
      ) : (
        <input type="date" aria-label={filter.label} value={value} onChange={e => onChange(e.target.value)} />
      )}
    </label>
  )
}

const settle = 250 // what is typed is asked for when the typing rests

function SearchBox({ value, onChange }: { value: string; onChange(v: string): void }) {
  const [text, setText] = useState(value)
  const box = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const asked = useRef(value)
  // Another value than what was asked for here: somebody went to another view. What comes back of one's own typing changes nothing,
  // for more may have been typed since.
  useEffect(() => {
    if (value === asked.current) return
    clearTimeout(timer.current)
    asked.current = value
    setText(value)
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  const latest = useRef(onChange)
  latest.current = onChange
  useShowKeys({ '/': () => box.current?.focus() })
  const type = (to: string) => {
    setText(to)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      asked.current = to.trim()
      latest.current(asked.current)
    }, settle)
  }
  return (
    <div className={css.search}>
      <Search size={14} aria-hidden="true" />
      <input
        ref={box}
        type="search"
        aria-label={say('ui.search_list')}
        placeholder={say('ui.search_list')}
        value={text}
        data-scan="text"
        onChange={e => type(e.target.value)}
        onKeyDown={e => e.key === 'Escape' && box.current?.blur()}
      />
    </div>
  )
}

/** Save, save as, discard: only where the view was changed. */
function Changes({ views }: { views: Views }) {
  const [title, setTitle] = useState<string | null>(null)
  const save = () => {
    if (title?.trim()) views.saveAs(title.trim())
    setTitle(null)
  }
  return (
    <>
      {views.changed && (
        <>
          <Button tone="quiet" icon={<Bookmark size={14} />} onClick={() => setTitle('')}>
            {say('ui.view.save')}
          </Button>
          <Button tone="quiet" onClick={views.discard}>
            {say('ui.view.discard')}
          </Button>
        </>
      )}
      {views.at.own && !views.changed && (
        <Button tone="quiet" icon={<Trash2 size={14} />} onClick={() => views.remove(views.at.id)}>
          {say('ui.view.remove')}
        </Button>
      )}
      <Dialog
        title={say('ui.view.save')}
        open={title !== null}
        onClose={() => setTitle(null)}
        acts={
          <Button tone="primary" disabled={!title?.trim()} onClick={save}>
            {say('ui.save')}
          </Button>
        }
      >
        <Form onSubmit={save}>
          <TextField name="title" label={say('ui.view.title')} value={title ?? ''} onChange={setTitle} focus />
        </Form>
      </Dialog>
    </>
  )
}
