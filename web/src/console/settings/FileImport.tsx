import { Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Answer } from '../../api/types.gen.ts'
import { ApiError, call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { queries } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import css from './Settings.module.css'

interface Tried {
  file: File
  answer: Answer
}

const shown = 100

/** A file is read once without writing anything: what would come of it stands there before it is taken in. */
export function FileImport({ kinds }: { kinds: string[] }) {
  const [kind, setKind] = useState(kinds[0] ?? '')
  const [tried, setTried] = useState<Tried | null>(null)
  const [busy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const read = async (file: File, dry: boolean) => {
    setBusy(true)
    try {
      return await call('import', { path: { kind }, query: dry ? { dry_run: 'true' } : {}, body: file })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  const choose = async (file: File | undefined) => {
    if (!file) return
    const answer = await read(file, true)
    setTried(answer ? { file, answer } : null)
    if (input.current) input.current.value = ''
  }
  const take = async () => {
    if (!tried) return
    const answer = await read(tried.file, false)
    if (!answer) return
    toast(say('ui.settings.taken_in', { created: number(answer.created), updated: number(answer.updated) }))
    setTried(null)
    void queries.invalidateQueries()
  }
  const a = tried?.answer
  return (
    <Card title={say('ui.settings.from_file')}>
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
          onChange={e => void choose(e.target.files?.[0])}
        />
        <Button icon={<Upload size={14} />} busy={busy} onClick={() => input.current?.click()}>
          {say('ui.settings.choose_file')}
        </Button>
        <span className={css.quiet}>{say('ui.settings.file_text')}</span>
      </div>
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
            <Button tone="primary" busy={busy} disabled={a.created + a.updated === 0} onClick={() => void take()}>
              {say('ui.settings.take_in', { n: number(a.created + a.updated) })}
            </Button>
          </div>
        </div>
      )}
    </Card>
  )
}
