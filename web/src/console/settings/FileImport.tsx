import { Upload } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Answer } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { queries } from '../../shared/query.ts'
import { useSending } from '../../shared/sending.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { toast } from '../../ui/Toast.tsx'
import css from './Settings.module.css'

interface Tried {
  file: File
  answer: Answer
}

const shown = 100

interface Props {
  kinds: string[]
  /** What the server must know besides the kind; while it does not, off. */
  query?: { channel?: string; shop?: string }
  off?: boolean
  /** What stands before the button. */
  children?: ReactNode
}

/** A file is read once without writing anything: what would come of it stands there before it is taken in. */
export function FileImport({ kinds, query, off, children }: Props) {
  const [kind, setKind] = useState(kinds[0] ?? '')
  const [tried, setTried] = useState<Tried | null>(null)
  const { busy, error, send } = useSending()
  const input = useRef<HTMLInputElement>(null)
  const said = JSON.stringify(query)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was tried was tried for another shop
  useEffect(() => setTried(null), [said])
  const choose = async (file: File | undefined) => {
    if (input.current) input.current.value = ''
    setTried(null)
    if (!file) return
    setTried({
      file,
      answer: await call('import', { path: { kind }, query: { ...query, dry_run: 'true' }, body: file }),
    })
  }
  const take = async () => {
    if (!tried) return
    const answer = await call('import', { path: { kind }, query: { ...query }, body: tried.file })
    toast(say('ui.settings.taken_in', { created: number(answer.created), updated: number(answer.updated) }))
    setTried(null)
    void queries.invalidateQueries()
  }
  const a = tried?.answer
  return (
    <Card title={say('ui.settings.from_file')}>
      {children && <div className={css.before}>{children}</div>}
      <div className={css.line}>
        {kinds.length > 1 && (
          <select
            aria-label={say('ui.settings.file_kind')}
            value={kind}
            onChange={e => {
              setKind(e.target.value)
              setTried(null)
            }}
          >
            {kinds.map(k => (
              <option key={k} value={k}>
                {say(`ui.settings.file.${k}`)}
              </option>
            ))}
          </select>
        )}
        <input
          ref={input}
          className="visually-hidden"
          type="file"
          tabIndex={-1}
          accept=".csv,.xlsx"
          aria-label={say('ui.settings.choose_file')}
          onChange={e => {
            const file = e.target.files?.[0]
            void send(() => choose(file))
          }}
        />
        <Button icon={<Upload size={14} />} busy={busy} disabled={off} onClick={() => input.current?.click()}>
          {say('ui.settings.choose_file')}
        </Button>
        <span className={css.quiet}>{say('ui.settings.file_text')}</span>
      </div>
      {error && (
        <p className={css.wrong} role="alert">
          {error.message}
        </p>
      )}
      {a && tried && (
        <div className={css.tried} role="status">
          <p>
            <b>{tried.file.name}</b>{' '}
            {say('ui.settings.would', {
              created: number(a.created),
              updated: number(a.updated),
              unchanged: number(a.unchanged),
              rejected: number(a.rejected.length),
            })}
          </p>
          {a.rejected.length > 0 && (
            <Table
              head={[
                { title: say('ui.settings.file_row'), num: true },
                { title: say('ui.settings.column') },
                { title: say('ui.settings.mistake') },
              ]}
              rows={a.rejected.slice(0, shown).map(r => ({
                key: `${r.row} ${r.field} ${r.code}`,
                cells: [
                  r.row,
                  <span key="field" className="code">
                    {r.field}
                  </span>,
                  r.message,
                ],
              }))}
            />
          )}
          {a.rejected.length > shown && (
            <p className={css.quiet}>{say('ui.settings.more_mistakes', { n: number(a.rejected.length - shown) })}</p>
          )}
          <div className={css.bar}>
            <Button onClick={() => setTried(null)}>{say('ui.cancel')}</Button>
            <Button tone="primary" busy={busy} disabled={a.created + a.updated === 0} onClick={() => void send(take)}>
              {say('ui.settings.take_in', { n: number(a.created + a.updated) })}
            </Button>
          </div>
        </div>
      )}
    </Card>
  )
}
