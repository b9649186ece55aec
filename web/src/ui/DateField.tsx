import { now, zoneOf } from '../shared/clock.ts'
import { say } from '../shared/words.ts'
import { Button } from './Button.tsx'
import { Field } from './Form.tsx'

interface Props {
  name: string
  label: string
  hint?: string
  /** RFC 3339, or empty. */
  value: string
  onChange(value: string): void
  /** Hours from now that one click chooses. */
  presets?: number[]
  focus?: boolean
}

/** A moment, entered in the zone of the warehouse by the browser's own field, with a few that are wanted most. */
export function DateField({ value, onChange, presets = [], focus, ...field }: Props) {
  return (
    <Field {...field}>
      {tie => (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
          <input
            {...tie}
            style={{ width: 'auto', flex: 1 }}
            type="datetime-local"
            autoFocus={focus}
            value={value ? wall(Date.parse(value)) : ''}
            onChange={e => onChange(e.target.value ? new Date(instant(e.target.value)).toISOString() : '')}
          />
          {presets.length > 0 && (
            <span style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
              {presets.map(h => (
                <Button key={h} onClick={() => onChange(new Date(now() + h * 3_600_000).toISOString())}>
                  {say('ui.in_hours', { n: h })}
                </Button>
              ))}
            </span>
          )}
        </div>
      )}
    </Field>
  )
}

/** The moment as the clock on the wall of the warehouse shows it: 2026-03-02T08:00. */
export function wall(at: number): string {
  const form = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zoneOf(),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return form.format(new Date(at)).replace(' ', 'T')
}

/** The moment at which that clock shows a time. Around a change of summer time the later one is taken. */
export function instant(shown: string): number {
  const guess = Date.parse(`${shown}Z`)
  const once = guess - (Date.parse(`${wall(guess)}Z`) - guess)
  return once - (Date.parse(`${wall(once)}Z`) - guess)
}
