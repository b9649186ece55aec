import { Printer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { say } from '../shared/words.ts'
import { Barcode } from '../ui/Barcode.tsx'
import { Button } from '../ui/Button.tsx'
import css from './Sheet.module.css'

interface Props {
  title: string
  /** What is scanned, and what it does in words. */
  codes: { code: string; word: string }[]
}

/** A button that prints the command codes of a desk on one sheet, to hang there. */
export function SheetButton(p: Props) {
  const [printing, setPrinting] = useState(false)
  return (
    <>
      <Button tone="quiet" icon={<Printer size={18} />} onClick={() => setPrinting(true)}>
        {say('ui.pack.sheet')}
      </Button>
      {printing && <Sheet {...p} onDone={() => setPrinting(false)} />}
    </>
  )
}

/** It is only on paper. */
function Sheet({ title, codes, onDone }: Props & { onDone(): void }) {
  useEffect(() => {
    const end = () => onDone()
    addEventListener('afterprint', end)
    window.print()
    return () => removeEventListener('afterprint', end)
  }, [onDone])
  return createPortal(
    <div className={css.sheet}>
      <h1>{title}</h1>
      <div className={css.codes}>
        {codes.map(c => (
          <figure key={c.code}>
            <Barcode text={c.code} height={56} />
            <figcaption>
              <strong>{c.word}</strong>
              <code>{c.code}</code>
            </figcaption>
          </figure>
        ))}
      </div>
    </div>,
    document.body,
  )
}
