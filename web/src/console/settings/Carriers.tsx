import { Ban, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Ladder, Rate, Suspension } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useAct, useGet } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { ExportButton } from '../../ui/ExportButton.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { CarrierLogins } from './CarrierLogins.tsx'
import { FileImport } from './FileImport.tsx'
import { LadderDialog } from './LadderDialog.tsx'
import { ParcelTrial } from './ParcelTrial.tsx'
import css from './Settings.module.css'
import { SuspendDialog } from './SuspendDialog.tsx'

/** Services of one carrier, summed up from its rate card. */
interface Service {
  carrier: string
  service: string
  lanes: number
  from: Set<string>
  fastest: number
  slowest: number
}

function servicesOf(rates: Rate[]): Service[] {
  const all = new Map<string, Service>()
  for (const r of rates) {
    const key = `${r.carrier} ${r.service}`
    const s = all.get(key) ?? {
      carrier: r.carrier,
      service: r.service,
      lanes: 0,
      from: new Set<string>(),
      fastest: r.days_p50,
      slowest: r.days_p50,
    }
    s.lanes++
    s.from.add(r.from_region)
    s.fastest = Math.min(s.fastest, r.days_p50)
    s.slowest = Math.max(s.slowest, r.days_p50)
    all.set(key, s)
  }
  return [...all.values()]
}

/** Who carries: services and what they cost, waybills left, whom warehouses ask first, and where nobody goes. */
export function Carriers() {
  const rates = useGet('list-rates', {}, { follows: ['ship'], enabled: may('stock:read') })
  const accounts = useGet('list-carrier-accounts', {}, { follows: ['ship'] })
  const left = new Map(accounts.data?.accounts.map(a => [a.carrier, a]))
  if (rates.error && !rates.data) return <ErrorState error={rates.error} retry={() => void rates.refetch()} />
  if (!rates.data) return <Skeleton rows={8} />
  const list = servicesOf(rates.data.rates)
  return (
    <div className={css.panel}>
      <Card title={say('ui.settings.services')} acts={list.length > 0 && <ExportButton list="list-rates" />}>
        {list.length === 0 ? (
          <EmptyState title={say('ui.settings.no_rates')} text={say('ui.settings.no_rates_text')} />
        ) : (
          <Table
            head={[
              { title: say('ui.settings.carrier') },
              { title: say('ui.settings.service') },
              { title: say('ui.settings.lanes'), num: true },
              { title: say('ui.settings.leaves_from') },
              { title: say('ui.settings.days'), num: true },
              { title: say('ui.settings.waybills'), num: true },
            ]}
            rows={list.map(s => {
              const account = left.get(s.carrier)
              return {
                key: `${s.carrier} ${s.service}`,
                cells: [
                  <b key="carrier">{s.carrier}</b>,
                  s.service,
                  number(s.lanes),
                  [...s.from].slice(0, 6).join(' ') + (s.from.size > 6 ? ' …' : ''),
                  s.fastest === s.slowest ? s.fastest : `${s.fastest}–${s.slowest}`,
                  account ? (
                    <StateBadge
                      key="left"
                      area=""
                      value={account.low ? 'low' : 'enough'}
                      tone={account.low ? 'exception' : 'neutral'}
                      text={number(account.waybills)}
                    />
                  ) : (
                    '—'
                  ),
                ],
              }
            })}
          />
        )}
      </Card>
      <ParcelTrial />
      {may('admin') && <CarrierLogins carriers={[...new Set(list.map(s => s.carrier))]} />}
      {may('stock:write') && <FileImport kinds={['rates', 'ladders']} />}
      <LadderCard />
      <SuspensionCard carriers={[...new Set(list.map(s => s.carrier))]} />
    </div>
  )
}

function LadderCard() {
  const read = useGet('list-ladders', {}, { follows: ['ship'] })
  const [edited, setEdited] = useState<Ladder | null>(null)
  const list = read.data?.ladders ?? []
  const add = may('admin') && (
    <Button icon={<Plus size={14} />} onClick={() => setEdited({ rungs: [] })}>
      {say('ui.settings.add_ladder')}
    </Button>
  )
  return (
    <Card title={say('ui.settings.ladders')} acts={add}>
      {list.length === 0 ? (
        <p className={css.quiet}>{say('ui.settings.no_ladders')}</p>
      ) : (
        <Table
          head={[
            { title: say('ui.warehouse') },
            { title: say('ui.settings.level') },
            { title: say('ui.settings.asked') },
            { title: say('ui.settings.acts') },
          ]}
          rows={list.map(l => ({
            key: `${l.node} ${l.level}`,
            cells: [
              l.node || say('ui.settings.every_warehouse'),
              l.level ? say(`ui.settings.level_${l.level}`) : say('ui.settings.every_order'),
              <ol key="rungs" className={css.rungs}>
                {l.rungs.map(r => (
                  <li key={`${r.carrier} ${r.service}`}>{[r.carrier, r.service].filter(Boolean).join(' ')}</li>
                ))}
              </ol>,
              may('admin') && (
                <Button key="edit" tone="quiet" icon={<Pencil size={14} />} onClick={() => setEdited(l)}>
                  {say('ui.settings.edit')}
                </Button>
              ),
            ],
          }))}
        />
      )}
      {edited && <LadderDialog ladder={edited} known={list} onClose={() => setEdited(null)} />}
    </Card>
  )
}

function SuspensionCard({ carriers }: { carriers: string[] }) {
  const read = useGet('list-suspensions', {}, { follows: ['ship'] })
  const [adding, setAdding] = useState(false)
  const end = useAct('resume', { done: () => toast(say('ui.settings.goes_again')) })
  const list = read.data?.suspensions ?? []
  const where = (s: Suspension) =>
    s.province === '*' ? say('ui.settings.everywhere') : [s.province, s.city].filter(Boolean).join(' ')
  const add = may('admin') && (
    <Button icon={<Ban size={14} />} onClick={() => setAdding(true)}>
      {say('ui.settings.suspend')}
    </Button>
  )
  return (
    <Card title={say('ui.settings.suspensions')} acts={add}>
      {list.length === 0 ? (
        <p className={css.quiet}>{say('ui.settings.no_suspensions')}</p>
      ) : (
        <Table
          head={[
            { title: say('ui.settings.carrier') },
            { title: say('ui.settings.where') },
            { title: say('ui.settings.since') },
            { title: say('ui.settings.until') },
            { title: say('ui.settings.reason') },
            { title: say('ui.settings.acts') },
          ]}
          rows={list.map(s => ({
            key: s.id ?? '',
            cells: [
              <b key="carrier">{[s.carrier, s.service].filter(Boolean).join(' ')}</b>,
              where(s),
              s.from && <When key="from" at={s.from} />,
              s.until ? <When key="until" at={s.until} /> : say('ui.settings.further_notice'),
              s.reason,
              may('admin') && (
                <Button
                  key="end"
                  tone="quiet"
                  busy={end.isPending}
                  onClick={() => end.mutate({ path: { id: s.id ?? '' }, body: {} }, { onError: toastError })}
                >
                  {say('ui.settings.resume')}
                </Button>
              ),
            ],
          }))}
        />
      )}
      {adding && <SuspendDialog carriers={carriers} onClose={() => setAdding(false)} />}
    </Card>
  )
}
