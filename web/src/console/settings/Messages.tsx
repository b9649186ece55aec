import { useState } from 'react'
import type { Template } from '../../api/types.gen.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { MessageText } from './MessageText.tsx'
import css from './Settings.module.css'

const keyOf = (t: Template) => `${t.notice} ${t.channel} ${t.language}`

export const languages: Record<string, string> = { en: 'English', 'zh-CN': '中文' }

/** What customers are told, in which words; tried with a real order, in both languages, before it is saved. */
export function Messages() {
  const read = useGet('list-templates', {}, { follows: ['notify'] })
  const [chosen, setChosen] = useState('')
  const [order, setOrder] = useState('')
  if (read.error && !read.data) return <ErrorState error={read.error} retry={() => void read.refetch()} />
  if (!read.data) return <Skeleton rows={8} />
  const list = read.data.templates.filter(t => t.channel === 'email')
  const open = list.find(t => keyOf(t) === chosen) ?? list[0]
  const other = list.find(t => open && t.notice === open.notice && t.language !== open.language)
  return (
    <div className={`${css.panel} ${css.two}`}>
      <Card title={say('ui.settings.messages')}>
        <ul className={css.pick}>
          {list.map(t => (
            <li key={keyOf(t)}>
              <button type="button" aria-current={t === open} onClick={() => setChosen(keyOf(t))}>
                <span>{say(`ui.settings.notice_${t.notice}`)}</span>
                <span className={css.quiet}>{languages[t.language]}</span>
              </button>
            </li>
          ))}
        </ul>
      </Card>
      {open && (
        <MessageText key={`${keyOf(open)} ${open.version}`} t={open} other={other} order={order} onOrder={setOrder} />
      )}
    </div>
  )
}
