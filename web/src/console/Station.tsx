import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import { warm } from '../shared/feedback.ts'
import { say } from '../shared/words.ts'
import { FlashOver } from '../ui/Flash.tsx'
import { StaleBanner } from '../ui/States.tsx'
import { LiveDot } from './LiveDot.tsx'
import css from './Shell.module.css'

/** The frame of a station: the whole screen, large, driven by scans. The first tap or key makes sound possible. */
export function Station({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.documentElement.dataset.surface = 'station'
    const begin = () => void warm()
    addEventListener('pointerdown', begin, { once: true })
    addEventListener('keydown', begin, { once: true })
    return () => {
      delete document.documentElement.dataset.surface
      removeEventListener('pointerdown', begin)
      removeEventListener('keydown', begin)
    }
  }, [])
  return (
    <div className={css.station}>
      <header className={css.bar}>
        <Link href="/" className={css.back} aria-label={say('ui.back')}>
          <ArrowLeft size={20} aria-hidden="true" />
        </Link>
        <h1 className={css.title}>{title}</h1>
        <LiveDot />
      </header>
      <StaleBanner />
      <main className={css.main}>{children}</main>
      <FlashOver />
    </div>
  )
}
