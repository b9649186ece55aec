import { useState } from 'react'
import type { ExportInput } from '../api/types.gen.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import type { Exported } from './ExportButton.tsx'
import { exportList } from './exporting.ts'
import { Form, SelectField } from './Form.tsx'

type Purpose = NonNullable<ExportInput['purpose']>
const purposes: Purpose[] = [
  'carrier_claim',
  'delivery_problem',
  'customer_request',
  'fraud_check',
  'legal',
  'migration',
]

/** Asks what people are needed in plain text for, before they leave the house in a file. */
export default function ExportDialog({ list, query, onClose }: Exported & { onClose(): void }) {
  const [purpose, setPurpose] = useState<Purpose>('carrier_claim')
  const begin = () => {
    void exportList({ list, query, format: 'xlsx', purpose })
    onClose()
  }
  return (
    <Dialog
      title={say('ui.export.plain_what')}
      open
      onClose={onClose}
      acts={
        <Button tone="primary" form="export" type="submit" keys="mod+Enter">
          {say('ui.export.short')}
        </Button>
      }
    >
      <Form id="export" error={null} onSubmit={begin}>
        <p>{say('ui.export.plain_text')}</p>
        <SelectField
          name="purpose"
          label={say('ui.export.purpose')}
          value={purpose}
          onChange={v => setPurpose(v as Purpose)}
          options={purposes.map(p => ({ value: p, text: say(`ui.export.purpose.${p}`) }))}
        />
      </Form>
    </Dialog>
  )
}
