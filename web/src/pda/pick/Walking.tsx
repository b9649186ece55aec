import { PackageX, SkipForward, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ScanPrompt } from '../../ui/ScanPrompt.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { BinCode } from '../BinCode.tsx'
import { GoodsCard } from '../GoodsCard.tsx'
import { Keypad } from '../Keypad.tsx'
import { useCarried } from './carrying.ts'
import { enter, judge, short, skip } from './judge.ts'
import { Over } from './Over.tsx'
import { Strip } from './Strip.tsx'
import { Totes } from './Totes.tsx'
import css from './Walking.module.css'
import { type Carried, isOver, progress, type Stop, stops } from './walk.ts'

const reasons = ['none', 'damaged', 'wrong_goods'] as const

/** The walk of one task: where, what, how many. Every scan is judged here, with a network or without. */
export function Walking({ id }: { id: string }) {
  const { c, error, load, act, undo, sort } = useCarried(id)
  const [, navigate] = useLocation()
  const [lacking, setLacking] = useState(false)
  if (!c && error) return <ErrorState error={error} retry={() => void load()} />
  if (!c) return <Skeleton rows={4} />
  const [stop] = stops(c)
  if (!stop || isOver(c)) return <Over c={c} onUndo={() => void undo()} onNext={() => navigate('/')} />
  const { units } = progress(c)
  return (
    <div className={css.walk} data-units={units}>
      <ScanPrompt
        key={`${stop.location} ${c.at} ${units}`}
        text={instruction(c, stop)}
        onScan={text => {
          setLacking(false)
          act(was => judge(was, text))
        }}
      />
      <BinCode code={stop.location} zone={stop.zone} quiet={c.at === stop.location} />
      <GoodsCard {...stop} n={stop.left} of={say('ui.pick.pieces')} now={c.at === stop.location} />
      {c.keypad ? (
        <Keypad key={stop.left} most={stop.left} onEnter={n => act(was => enter(was, n))} />
      ) : lacking ? (
        <div className={css.reasons}>
          {reasons.map(r => (
            <Button
              key={r}
              big
              onClick={() => {
                setLacking(false)
                act(was => short(was, r))
              }}
            >
              {say(`ui.pick.short.${r}`)}
            </Button>
          ))}
          <Button tone="quiet" onClick={() => setLacking(false)}>
            {say('ui.cancel')}
          </Button>
        </div>
      ) : (
        <>
          <Totes stop={stop} c={c} onSort={sort} />
          <Strip c={c} />
          <div className={css.acts}>
            <Button
              big
              icon={<Undo2 size={20} aria-hidden="true" />}
              disabled={c.steps.length === 0}
              onClick={() => void undo()}
            >
              {say('ui.undo')}
            </Button>
            <Button big icon={<PackageX size={20} aria-hidden="true" />} onClick={() => setLacking(true)}>
              {say('ui.pick.short')}
            </Button>
            <Button big icon={<SkipForward size={20} aria-hidden="true" />} onClick={() => act(skip)}>
              {say('ui.pick.skip')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

function instruction(c: Carried, stop: Stop): string {
  if (c.at !== stop.location) return say('ui.pick.go')
  if (c.lot) return say('ui.pick.scan_lot_of', { lot: stop.lot })
  return say(c.keypad ? 'ui.pick.scan_or_type' : 'ui.pick.take', { n: number(stop.left) })
}
