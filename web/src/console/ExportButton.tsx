import { Download } from 'lucide-react'
import { say } from '../shared/words.ts'
import { Button } from '../ui/Button.tsx'

/** Writes what a list shows into a file. */
export const ExportButton = ({ onExport }: { onExport(): Promise<void> }) => (
  <Button
    tone="quiet"
    icon={<Download size={16} />}
    aria-label={say('ui.export')}
    title={say('ui.export')}
    onClick={() => void onExport()}
  />
)
