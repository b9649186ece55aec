import { Pencil, Phone, Plus } from 'lucide-react'
import { useState } from 'react'
import type { CarrierAnswer, CarrierLogin } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { queries, useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { ErrorState } from '../../ui/States.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import { LoginDialog } from './LoginDialog.tsx'
import css from './Settings.module.css'

/** How carriers are called. Secrets are never shown again; each log-in can be tried without anything being booked. */
export function CarrierLogins({ carriers }: { carriers: string[] }) {
  const read = useGet('list-carrier-logins', {}, { follows: ['ship'] })
  const [edited, setEdited] = useState<CarrierLogin | 'new' | null>(null)
  const [asking, setAsking] = useState('')
  const test = async (l: CarrierLogin) => {
    setAsking(l.carrier)
    try {
      toast(answered(l.carrier, await call('test-carrier-login', { body: { carrier: l.carrier } })))
    } catch (error) {
      toastError(error)
    }
    setAsking('')
  }
  const turn = async (l: CarrierLogin, enabled: boolean) => {
    try {
      await call('save-carrier-login', { body: { ...bodyOf(l), enabled } })
      void queries.invalidateQueries()
      toast(say(enabled ? 'ui.carriers.turned_on' : 'ui.carriers.turned_off', { carrier: l.carrier }), () =>
        turn(l, !enabled),
      )
    } catch (error) {
      toastError(error)
    }
  }
  const list = read.data?.logins ?? []
  return (
    <Card
      title={say('ui.carriers.logins')}
      acts={
        <Button icon={<Plus size={14} />} onClick={() => setEdited('new')}>
          {say('ui.carriers.add')}
        </Button>
      }
    >
      {read.error && !read.data && <ErrorState error={read.error} retry={() => void read.refetch()} />}
      {read.data && list.length === 0 && <p className={css.quiet}>{say('ui.carriers.none')}</p>}
      {list.length > 0 && (
        <Table
          head={[
            { title: say('ui.settings.carrier') },
            { title: say('ui.carriers.kind') },
            { title: say('ui.settings.address') },
            { title: say('ui.carriers.key') },
            { title: say('ui.carriers.secret') },
            { title: say('ui.settings.state') },
            { title: say('ui.carriers.changed') },
            { title: say('ui.settings.acts') },
          ]}
          rows={list.map(l => ({
            key: l.carrier,
            cells: [
              <b key="carrier">{l.carrier}</b>,
              say(`ui.carriers.kind_${l.kind}`),
              <span key="address" className="code">
                {l.address}
              </span>,
              <span key="key" className="code">
                {l.key}
              </span>,
              say(l.has_secret ? 'ui.carriers.kept' : 'ui.carriers.missing'),
              <StateBadge
                key="state"
                area=""
                value={l.enabled ? 'on' : 'off'}
                tone={l.enabled ? 'neutral' : 'cancelled'}
                text={say(l.enabled ? 'ui.carriers.on' : 'ui.settings.off')}
              />,
              <span key="changed">
                {l.updated_by} <When at={l.updated_at} />
              </span>,
              <span key="acts" className={css.acts}>
                <Button
                  tone="quiet"
                  icon={<Phone size={14} />}
                  busy={asking === l.carrier}
                  onClick={() => void test(l)}
                >
                  {say('ui.carriers.test')}
                </Button>
                <Button tone="quiet" icon={<Pencil size={14} />} onClick={() => setEdited(l)}>
                  {say('ui.settings.edit')}
                </Button>
                <Button tone="quiet" onClick={() => void turn(l, !l.enabled)}>
                  {say(l.enabled ? 'ui.carriers.turn_off' : 'ui.carriers.turn_on')}
                </Button>
              </span>,
            ],
          }))}
        />
      )}
      {edited && (
        <LoginDialog
          login={edited === 'new' ? undefined : edited}
          kinds={read.data?.kinds ?? []}
          carriers={carriers}
          onClose={() => setEdited(null)}
        />
      )}
    </Card>
  )
}

/** What of a log-in is set; the secret stays as it is. */
const bodyOf = ({ carrier, kind, address, key, enabled }: CarrierLogin) => ({ carrier, kind, address, key, enabled })

/** What a carrier said, in one sentence. */
function answered(carrier: string, a: CarrierAnswer): string {
  const left = a.waybills === undefined ? '' : say('ui.carriers.left', { n: number(a.waybills) })
  const stopped = a.suspended > 0 ? say('ui.carriers.suspended', { n: a.suspended }) : ''
  return [say('ui.carriers.answers', { carrier }), left, stopped].filter(Boolean).join(' ')
}
