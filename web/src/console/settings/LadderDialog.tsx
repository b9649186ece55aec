import { useState } from 'react'
import type { Ladder, Rung } from '../../api/types.gen.ts'
import { call } from '../../shared/api.ts'
import { queries, useAct, useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Form, FormRow, SelectField } from '../../ui/Form.tsx'
import { Rows } from '../../ui/Rows.tsx'
import { toast, toastError } from '../../ui/Toast.tsx'

const levels = ['cod', 'express', 'normal', 'presale', 'exchange', 'reship', 'gift', 'dropship'] as const

/** Whom a warehouse asks for waybills, the first first. */
export function LadderDialog({ ladder, known, onClose }: { ladder: Ladder; known: Ladder[]; onClose(): void }) {
  const nodes = useGet('list-nodes')
  const [node, setNode] = useState(ladder.node ?? '')
  const [level, setLevel] = useState<string>(ladder.level ?? '')
  const [rungs, setRungs] = useState<Rung[]>(ladder.rungs.length ? ladder.rungs : [{ carrier: '' }])
  const place = { node: node || undefined, level: (level || undefined) as Ladder['level'] }
  const before = known.find(l => (l.node ?? '') === node && (l.level ?? '') === level)?.rungs ?? []
  const save = useAct('save-ladder', {
    done: () => {
      toast(say('ui.settings.saved_ladder'), async () => {
        try {
          await call('save-ladder', { body: { ...place, rungs: before } })
          void queries.invalidateQueries()
        } catch (error) {
          toastError(error)
        }
      })
      onClose()
    },
  })
  const wanted = rungs
    .filter(r => r.carrier.trim())
    .map(r => ({ carrier: r.carrier.trim(), service: r.service?.trim() || undefined }))
  return (
    <Dialog
      wide
      open
      title={say('ui.settings.edit_ladder')}
      onClose={onClose}
      acts={
        <Button tone="primary" form="ladder" type="submit" keys="mod+Enter" busy={save.isPending}>
          {say('ui.save')}
        </Button>
      }
    >
      <Form
        id="ladder"
        error={save.error}
        onSubmit={() => save.mutate({ body: { ...place, rungs: wanted } as Ladder })}
      >
        <FormRow>
          <SelectField
            name="node"
            label={say('ui.warehouse')}
            value={node}
            onChange={setNode}
            options={[
              { value: '', text: say('ui.settings.every_warehouse') },
              ...(nodes.data?.nodes ?? []).map(n => ({ value: n.code, text: `${n.code} ${n.name}` })),
            ]}
          />
          <SelectField
            name="level"
            label={say('ui.settings.level')}
            value={level}
            onChange={setLevel}
            options={[
              { value: '', text: say('ui.settings.every_order') },
              ...levels.map(l => ({ value: l, text: say(`ui.settings.level_${l}`) })),
            ]}
          />
        </FormRow>
        <Rows
          name="rungs"
          label={say('ui.settings.asked')}
          hint={say('ui.settings.ladder_hint')}
          rows={rungs}
          onChange={setRungs}
          fields={[
            { key: 'carrier', label: say('ui.settings.carrier'), placeholder: 'SF' },
            { key: 'service', label: say('ui.settings.service'), placeholder: say('ui.settings.best_service') },
          ]}
          blank={{ carrier: '' }}
          add={say('ui.settings.add_rung')}
          ordered
        />
      </Form>
    </Dialog>
  )
}
