import { useState } from 'react'
import type { Count } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { useAct } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, TextField } from '../../ui/Form.tsx'
import { toast } from '../../ui/Toast.tsx'

/** Books what was found. It says the effect, for a count that is closed stays closed. */
export function CloseDialog({ count: c, onClose }: { count: Count; onClose(): void }) {
  const [found, setFound] = useState('')
  const act = useAct('close-count', {
    done: out => {
      onClose()
      const d = out.counted - out.expected
      toast(
        say(d === 0 ? 'ui.counts.matched' : 'ui.counts.booked', {
          location: out.location,
          d: (d > 0 ? '+' : '−') + number(Math.abs(d)),
        }),
      )
    },
  })
  const whole = /^\d+$/.test(found)
  return (
    <Dialog
      title={say('ui.counts.close_what', { location: c.location })}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="close-count" type="submit" keys="mod+Enter" disabled={!whole} busy={act.isPending}>
          {say('ui.counts.book')}
        </Button>
      }
    >
      <Form
        id="close-count"
        error={act.error}
        onSubmit={() => whole && act.mutate({ path: { id: c.id }, body: { found: Number(found) } })}
      >
        <p>
          <span className="code">{c.sku}</span> {c.title} {c.lot && say('ui.counts.of_lot', { lot: c.lot })}
        </p>
        <TextField
          name="counted"
          label={say('ui.counts.found')}
          hint={say('ui.counts.found_hint')}
          type="number"
          must
          value={found}
          onChange={setFound}
          focus
        />
      </Form>
    </Dialog>
  )
}
