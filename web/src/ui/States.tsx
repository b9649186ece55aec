import { CloudOff, Inbox, Lock, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '../shared/api.ts'
import { clock } from '../shared/format.ts'
import { live } from '../shared/sse.ts'
import { useStore } from '../shared/store.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import { Copyable } from './Copyable.tsx'
import css from './States.module.css'

/** Nothing is here: why, and what may be done next. */
export function EmptyState({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className={css.state}>
      <Inbox size={28} strokeWidth={1.5} aria-hidden="true" />
      <p className={css.title}>{title}</p>
      {text && <p className={css.text}>{text}</p>}
      {children && <div className={css.acts}>{children}</div>}
    </div>
  )
}

/** Something failed: what, with the code and the id of the request to tell somebody, and again. */
export function ErrorState({ error, retry }: { error: Error; retry?: () => void }) {
  const problem = error instanceof ApiError ? error.problem : undefined
  const Icon = problem?.code === 'ui.offline' ? CloudOff : TriangleAlert
  return (
    <div className={css.state} role="alert">
      <Icon size={28} strokeWidth={1.5} aria-hidden="true" />
      <p className={css.title}>{say('ui.failed')}</p>
      <p className={css.text}>{error.message}</p>
      {problem && (
        <p className={css.code}>
          <span>
            {say('ui.code')} <Copyable text={problem.code} />
          </span>
          {problem.request_id && (
            <span>
              {say('ui.request')} <Copyable text={problem.request_id} />
            </span>
          )}
        </p>
      )}
      {retry && (
        <div className={css.acts}>
          <Button onClick={retry}>{say('ui.retry')}</Button>
        </div>
      )}
    </div>
  )
}

/** Rows of the real height while the first answer is on its way; nothing for the first moment. */
export function Skeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={css.bars} role="status" aria-busy="true" aria-label={say('ui.loading')}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <div key={i} className={css.bar} style={{ '--w': `${85 - ((i * 17) % 50)}%` } as React.CSSProperties} />
      ))}
    </div>
  )
}

/** Says that what is shown may be old, with the last sign of life. */
export function StaleBanner() {
  const { state, since } = useStore(live)
  if (state !== 'stale') return null
  return (
    <div className={css.banner} role="status">
      <CloudOff size={16} aria-hidden="true" />
      {say('ui.stale', { time: clock(since) })}
    </div>
  )
}

/** This person may not: which right is missing, and who gives it. */
export function NoRight({ right }: { right: string }) {
  return (
    <div className={css.state}>
      <Lock size={28} strokeWidth={1.5} aria-hidden="true" />
      <p className={css.title}>{say('ui.no_right')}</p>
      <p className={css.text}>
        {say('ui.no_right_text', { right: say(`ui.settings.scope_${right.replace(':', '_')}`), code: right })}
      </p>
    </div>
  )
}
