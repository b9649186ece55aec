import { Download } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { ExportInput } from '../api/types.gen.ts'
import { useKeys } from '../shared/keys.ts'
import { may } from '../shared/session.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import { Menu } from './Menu.tsx'

/** A list as the API is asked for it: the operation and its parameters. */
export interface Exported {
  list: string
  query?: object
}

const Plain = lazy(() => import('./ExportDialog.tsx'))

/** Writes every row of a list, not only those that were loaded, into a file: Shift E, or the format from the menu. */
export function ExportButton({ list, query }: Exported) {
  const [asking, setAsking] = useState(false)
  const begin = async (format: ExportInput['format']) =>
    (await import('./exporting.ts')).exportList({ list, query, format })
  useKeys({ E: () => void begin('xlsx') })
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button tone="quiet" icon={<Download size={14} />} title={say('ui.export')}>
            {say('ui.export.short')}
          </Button>
        }
        items={[
          { text: say('ui.export.xlsx'), keys: 'E', act: () => void begin('xlsx') },
          { text: say('ui.export.csv'), act: () => void begin('csv') },
          ...(list === 'list-orders' && may('pii')
            ? [null, { text: say('ui.export.plain'), act: () => setAsking(true) }]
            : []),
        ]}
      />
      {asking && (
        <Suspense>
          <Plain list={list} query={query} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
}
