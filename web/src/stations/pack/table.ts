import { newKey } from '../../shared/api.ts'
import { keptStore } from '../../shared/store.ts'

const table = keptStore<string>('packhorse.table', '')

/** What this browser is called among the tables of the warehouse, for what it has in hand. Nobody reads it. */
export function tableName(): string {
  if (!table.get()) table.set(newKey())
  return table.get()
}
