import { Link } from 'wouter'
import { may } from '../shared/session.ts'
import { say } from '../shared/words.ts'
import { NoRight } from '../ui/States.tsx'
import css from './Frame.module.css'
import { tasks } from './tasks.ts'

/** What may be done on this handheld. */
export function Home() {
  const list = tasks.filter(t => may(t.right))
  if (list.length === 0) return <NoRight right={tasks[0]?.right ?? ''} />
  return list.map(t => (
    <Link key={t.path} href={t.path} className={css.tile}>
      <t.icon size={28} aria-hidden="true" />
      {say(t.title)}
    </Link>
  ))
}
