import { Bot, Handshake, type LucideIcon, Truck, User } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { day, dayName, here } from '../shared/format.ts'
import { say } from '../shared/words.ts'
import css from './Timeline.module.css'
import { When } from './When.tsx'

/** One thing that happened. */
export interface Happening {
  id: string
  at: string
  /** As events say it: system, user:…, key:…, carrier:…, customer. */
  actor: string
  text: string
  /** What there is to see beside the sentence. */
  more?: ReactNode
}

type Who = 'system' | 'person' | 'carrier' | 'customer'
const icons: Record<Who, LucideIcon> = { system: Bot, person: User, carrier: Truck, customer: Handshake }
const ends = 6 // shown of each end before the middle is folded

/** Who acted, by the name that events give. */
export function whoOf(actor: string): Who {
  const sort = actor.split(':')[0]
  if (sort === 'system' || sort === '') return 'system'
  if (sort === 'carrier') return 'carrier'
  return sort === 'customer' || sort === 'channel' ? 'customer' : 'person'
}

/** What happened, the latest first, by day; the middle of a long one is folded, and one may look at one sort of actor only. */
export function Timeline({ list }: { list: Happening[] }) {
  const [only, setOnly] = useState<Who | null>(null)
  const [open, setOpen] = useState(false)
  const shown = [...list].reverse().filter(e => !only || whoOf(e.actor) === only)
  const folded = open ? 0 : Math.max(0, shown.length - 2 * ends)
  const sorts = [...new Set(list.map(e => whoOf(e.actor)))]
  const parts = folded > 1 ? [shown.slice(0, ends), shown.slice(ends + folded)] : [shown]
  return (
    <div>
      {sorts.length > 1 && (
        <div className={css.chips}>
          {sorts.map(s => (
            <button
              key={s}
              type="button"
              className={css.chip}
              aria-pressed={only === s}
              onClick={() => setOnly(only === s ? null : s)}
            >
              {say(`ui.who.${s}`)}
            </button>
          ))}
        </div>
      )}
      <ol>
        {parts.map((part, i) => (
          <Days key={part[0]?.id ?? 'none'} list={part} before={i > 0 ? parts[0]?.at(-1) : undefined}>
            {i === 0 && parts.length > 1 && (
              <li>
                <button type="button" className={css.fold} onClick={() => setOpen(true)}>
                  {say('ui.timeline.folded', { n: folded })}
                </button>
              </li>
            )}
          </Days>
        ))}
      </ol>
    </div>
  )
}

function Days({ list, before, children }: { list: Happening[]; before?: Happening; children: ReactNode }) {
  let last = before && day(before.at)
  return (
    <>
      {list.map(e => {
        const mine = day(e.at)
        const heading = mine !== last
        last = mine
        return [heading && <Heading key={mine} at={e.at} />, <Item key={e.id} e={e} />]
      })}
      {children}
    </>
  )
}

const Heading = ({ at }: { at: string }) => <li className={css.day}>{dayName(at)}</li>

/** The name of who acted, as people read it. */
export const actorName = (actor: string) =>
  whoOf(actor) === 'system' ? say('ui.who.system') : actor.replace(/^(user|key|carrier|customer):/, '')

function Item({ e }: { e: Happening }) {
  const who = whoOf(e.actor)
  const Icon = icons[who]
  return (
    <li className={css.item}>
      <span className={`${css.mark} ${css[who] ?? ''}`}>
        <Icon size={12} aria-hidden="true" />
      </span>
      <div>
        <p className={css.text}>{here(e.text)}</p>
        <p className={css.meta}>
          <When at={e.at} as="time" />
          <span>{actorName(e.actor)}</span>
        </p>
        {e.more}
      </div>
    </li>
  )
}
