import { useState } from 'react'
import type { WavePicker, WaveShort, WaveWalk } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useAct } from '../../shared/query.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, TextField } from '../../ui/Form.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { StateBadge, type Tone } from '../../ui/StateBadge.tsx'
import { actorName } from '../../ui/Timeline.tsx'
import { toast } from '../../ui/Toast.tsx'
import css from './WaveLive.module.css'

const Far = ({ of }: { of: { closed: number; short: number; lines: number } }) => (
  <span className={css.far}>
    <Progress done={of.closed - of.short} failed={of.short} of={of.lines} label={say('ui.wave.done')} />
    <span className={css.num}>
      {number(of.closed)} / {number(of.lines)}
    </span>
  </span>
)

/** Who walks, where to, and how fast. */
export function Pickers({ list }: { list: WavePicker[] }) {
  return (
    <Card title={say('ui.wave.pickers')}>
      {list.length === 0 ? (
        <p className={css.quiet}>{say('ui.wave.no_pickers')}</p>
      ) : (
        <Table
          head={[
            { title: say('ui.wave.picker') },
            { title: say('ui.wave.at') },
            { title: say('ui.wave.done') },
            { title: say('ui.wave.pace'), num: true },
          ]}
          rows={list.map(p => ({
            key: p.picker,
            cells: [
              actorName(p.picker),
              p.location ? (
                <span key="at" className="code">
                  {p.location}
                </span>
              ) : (
                '—'
              ),
              <Far key="far" of={p} />,
              p.closed > 0 ? say('ui.wave.per_hour', { n: number(p.lines_per_hour, 0) }) : '—',
            ],
          }))}
        />
      )}
    </Card>
  )
}

const tones: Record<string, Tone> = {
  ready: 'allocate',
  assigned: 'review',
  started: 'picking',
  done: 'delivered',
  cancelled: 'cancelled',
}
const shownWalks = 60

/** The walks, those under way first; one that is open can be given to somebody. */
export function Walks({ list }: { list: WaveWalk[] }) {
  const [given, setGiven] = useState<WaveWalk | null>(null)
  const open = (w: WaveWalk) => ['ready', 'assigned', 'started'].includes(w.status)
  return (
    <Card title={say('ui.wave.walks', { n: list.length })}>
      <Table
        head={[
          { title: say('ui.orders.state') },
          { title: say('ui.waves.zone') },
          { title: say('ui.wave.picker') },
          { title: say('ui.wave.at') },
          { title: say('ui.wave.done') },
          { title: '' },
        ]}
        rows={list.slice(0, shownWalks).map(w => ({
          key: w.task,
          cells: [
            <StateBadge
              key="s"
              area=""
              value={w.status}
              tone={tones[w.status]}
              text={say(`ui.wave.task.${w.status}`)}
            />,
            w.zone || say('ui.waves.several_zones'),
            w.picker ? actorName(w.picker) : '—',
            w.location ? (
              <span key="at" className="code">
                {w.location}
              </span>
            ) : (
              '—'
            ),
            <Far key="far" of={w} />,
            open(w) && may('work') ? (
              <Button key="give" tone="quiet" onClick={() => setGiven(w)}>
                {say('ui.wave.assign')}
              </Button>
            ) : null,
          ],
        }))}
      />
      {list.length > shownWalks && (
        <p className={css.quiet}>{say('ui.wave.more_walks', { n: list.length - shownWalks })}</p>
      )}
      {given && <Assign walk={given} onClose={() => setGiven(null)} />}
    </Card>
  )
}

/** Gives a walk to a picker, or with no name back to all. */
function Assign({ walk, onClose }: { walk: WaveWalk; onClose(): void }) {
  const [picker, setPicker] = useState(walk.picker ? walk.picker : '')
  const assign = useAct('assign-task', {
    done: () => {
      toast(say(picker.trim() ? 'ui.wave.assigned' : 'ui.wave.given_back', { picker: picker.trim() }))
      onClose()
    },
  })
  return (
    <Dialog
      title={say('ui.wave.assign_what')}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="assign" type="submit" busy={assign.isPending} keys="mod+Enter">
          {say('ui.wave.assign')}
        </Button>
      }
    >
      <Form
        id="assign"
        error={assign.error}
        onSubmit={() => assign.mutate({ path: { id: walk.task }, body: { picker: picker.trim() } })}
      >
        <TextField
          name="picker"
          label={say('ui.wave.picker')}
          hint={say('ui.wave.assign_hint')}
          value={picker}
          onChange={setPicker}
          focus
        />
      </Form>
    </Dialog>
  )
}

/** What was not found, as it comes in. */
export function Shorts({ list }: { list: WaveShort[] }) {
  return (
    <Card title={say('ui.wave.shorts', { n: list.length })}>
      {list.length === 0 ? (
        <p className={css.quiet}>{say('ui.wave.no_shorts')}</p>
      ) : (
        <Table
          head={[
            { title: say('ui.wave.at') },
            { title: say('ui.order.sku') },
            { title: say('ui.order.goods') },
            { title: say('ui.wave.missing'), num: true },
          ]}
          rows={list.map(s => ({
            key: `${s.task} ${s.line}`,
            cells: [
              <span key="at" className="code">
                {s.location}
              </span>,
              <span key="sku" className="code">
                {s.sku}
              </span>,
              s.title ?? '',
              <b key="n" className={css.late}>
                {number(s.missing)}
              </b>,
            ],
          }))}
        />
      )}
    </Card>
  )
}
