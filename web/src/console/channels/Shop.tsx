import { FileWarning, PlugZap } from 'lucide-react'
import type { Channel } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { number } from '../../shared/format.ts'
import { useSending } from '../../shared/sending.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Facts } from '../../ui/Card.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'
import { When } from '../../ui/When.tsx'
import css from './Channels.module.css'

/** How a shop is doing, in one word. */
export const healthOf = (c: Pick<Channel, 'enabled' | 'state'>) =>
  !c.enabled ? 'off' : c.state.failures > 0 ? 'failing' : c.state.lag_s > 300 ? 'behind' : 'well'

const tones = { off: 'cancelled', failing: 'exception', behind: 'pack', well: 'neutral' } as const

/** One shop: how it goes, what went wrong last, pause and resume. */
export function Shop({ c, reload, onErrors }: { c: Channel; reload(): void; onErrors(): void }) {
  const { busy, send } = useSending(toastError)
  const health = healthOf(c)
  const label = [c.name, c.shop].filter(Boolean).join(' / ')
  const turn = async (on: boolean) => {
    try {
      await call('edit-channel', { path: { id: c.id }, body: { enabled: on } })
      reload()
      toast(say(on ? 'ui.channels.turned_on' : 'ui.channels.turned_off', { shop: label }), () => turn(!on))
    } catch (error) {
      toastError(error)
    }
  }
  const test = async () => {
    const out = await call('test-channel', { path: { id: c.id }, body: {} })
    toast(say('ui.channels.answers', { shop: label, n: out.documents }))
  }
  return (
    <Card
      title={label}
      acts={<StateBadge area="" value={health} tone={tones[health]} text={say(`ui.channels.${health}`)} />}
    >
      {c.state.failures > 0 && (
        <p className={css.bad} role="alert">
          {c.state.text || c.state.code} <span>{say('ui.channels.failures', { n: c.state.failures })}</span>
        </p>
      )}
      <Facts
        list={[
          [say('ui.channels.kind'), c.kind],
          [
            say('ui.channels.lag'),
            c.state.lag_s ? say('ui.channels.seconds', { n: number(c.state.lag_s) }) : say('ui.channels.no_lag'),
          ],
          [say('ui.channels.last'), c.state.last_ok_at && <When at={c.state.last_ok_at} />],
          [
            say('ui.channels.next'),
            (c.enabled || undefined) && c.state.next_pull_at && <When at={c.state.next_pull_at} />,
          ],
          [say('ui.channels.every'), say('ui.channels.seconds', { n: number(c.every_s) })],
          [say('ui.channels.report'), say(`ui.channels.report_at.${c.report_at}`)],
          [say('ui.channels.stock'), say(c.stock_push ? 'ui.channels.yes' : 'ui.channels.no')],
        ]}
      />
      <div className={css.acts}>
        <Button tone="quiet" icon={<FileWarning size={14} />} onClick={onErrors}>
          {say('ui.channels.errors')}
        </Button>
        {may('admin') && (
          <>
            <Button icon={<PlugZap size={14} />} busy={busy} onClick={() => void send(test)}>
              {say('ui.channels.test')}
            </Button>
            <Button tone="quiet" onClick={() => void turn(!c.enabled)}>
              {say(c.enabled ? 'ui.channels.turn_off' : 'ui.channels.turn_on')}
            </Button>
          </>
        )}
      </div>
    </Card>
  )
}
