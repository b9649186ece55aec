import { useState } from 'react'
import type { CasePhoto } from '../api/types.gen.ts'
import { useGet } from '../shared/query.ts'
import { say } from '../shared/words.ts'
import { Dialog } from './Dialog.tsx'
import css from './Photos.module.css'
import { ErrorState } from './States.tsx'

const nameOf = (at: number) => say('ui.photos.one', { n: at + 1 })

/** What the customer showed of a case: pictures that open large. It has a heading of its own, and is nothing where there are none. */
export function Photos({ of, large }: { of: string; large?: boolean }) {
  const { data, error, refetch } = useGet('list-case-photos', { path: { id: of } }, { follows: [of] })
  const [at, setAt] = useState(-1)
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />
  const list = data?.photos ?? []
  if (list.length === 0) return null
  const open = list[at]
  return (
    <section className={css.photos} data-large={large || undefined} aria-label={say('ui.photos.title')}>
      <h2>{say('ui.photos.title')}</h2>
      <ul>
        {list.map((p, i) => (
          <li key={p.id}>
            <button type="button" onClick={() => setAt(i)}>
              <Picture p={p} at={i} small={!large} />
            </button>
          </li>
        ))}
      </ul>
      <Dialog title={open ? nameOf(at) : ''} open={open !== undefined} onClose={() => setAt(-1)} wide>
        {open && <Picture p={open} at={at} as={css.open} />}
      </Dialog>
    </section>
  )
}

function Picture({ p, at, small, as }: { p: CasePhoto; at: number; small?: boolean; as?: string }) {
  const from = small ? `${p.path}?size=small` : p.path
  return <img className={as} src={from} alt={nameOf(at)} width={p.width} height={p.height} />
}
