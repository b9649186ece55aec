import { useState } from 'react'
import type { Node } from '../../api/types.gen.ts'
import { now } from '../../shared/clock.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Drawer } from '../../ui/Dialog.tsx'
import { ErrorState, Skeleton } from '../../ui/States.tsx'
import { AllocationWays, CartonWays, TrolleyWays, WalkWays } from './DecidingParts.tsx'
import css from './Settings.module.css'

/** A week, in milliseconds. */
const lately = 7 * 86_400_000

/** How one warehouse decides: the reckoned way or the plain rule, and what it saved in the last week. */
export function Deciding({ node, onClose }: { node: Node; onClose(): void }) {
  const [from] = useState(() => new Date(now() - lately).toISOString())
  const walks = useGet('list-walkings', {}, { follows: ['wave'] })
  const trolleys = useGet('list-trolleys', {}, { follows: ['wave'] })
  const cartons = useGet('list-carton-rules', {}, { follows: ['pack'] })
  const methods = useGet('list-allocation-methods', {}, { follows: ['allocation'] })
  const saved = useGet('get-savings', { query: { warehouse: node.code, from } })
  const company = useGet('get-savings', { query: { from } })
  const error = walks.error ?? trolleys.error ?? cartons.error
  const at = <T extends { node: string }>(list?: T[]) => list?.find(x => x.node === node.code)
  const walking = at(walks.data?.walkings)
  const trolley = at(trolleys.data?.trolleys)
  const carton = at(cartons.data?.rules)
  const method = at(methods.data?.methods)
  return (
    <Drawer wide open title={say('ui.deciding.title', { code: node.code })} onClose={onClose}>
      <div className={css.ways}>
        <p className={css.quiet}>{say('ui.deciding.about')}</p>
        {error && !(walking && trolley && carton) && <ErrorState error={error} />}
        {!error && !(walking && trolley && carton) && <Skeleton rows={8} />}
        {walking && trolley && carton && (
          <>
            <WalkWays key={JSON.stringify(walking)} w={walking} saved={saved.data} />
            <TrolleyWays key={JSON.stringify(trolley)} t={trolley} saved={saved.data} />
            <CartonWays r={carton} saved={saved.data} />
            {method && <AllocationWays m={method} saved={company.data} />}
          </>
        )}
      </div>
    </Drawer>
  )
}
