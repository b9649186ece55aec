import type { LevelPage } from '../../api/types.gen.ts'
import { type ApiError, call, type Query } from '../../shared/api.ts'
import { say } from '../../shared/words.ts'
import { csv, download } from '../../ui/csv.ts'
import { beginJob } from '../../ui/jobs.ts'
import { toastError } from '../../ui/Toast.tsx'

const most = 50_000 // rows: what a spreadsheet still opens
const window = 500
const head = ['sku', 'title', 'owner', 'node', 'on_hand', 'reserved', 'blocked', 'available']

/** Writes what the list shows into a file, a row for each SKU and warehouse, all of it and not only what was loaded. */
export async function exportStock(query: Query<'list-levels'>) {
  const job = beginJob(say('ui.stock.exporting'), 0)
  const rows: (string | number | undefined)[][] = []
  try {
    for (let cursor: string | undefined = ''; cursor !== undefined && rows.length < most && !job.cancelled(); ) {
      const page: LevelPage = await call('list-levels', { query: { ...query, limit: window, cursor } })
      for (const l of page.levels) {
        for (const n of l.nodes)
          rows.push([l.sku, l.title, l.owner, n.node, n.on_hand, n.reserved, n.blocked, n.available])
      }
      cursor = page.next_cursor || undefined
      job.change({ done: rows.length, of: rows.length + (cursor ? window : 0) })
    }
  } catch (error) {
    job.change({ state: 'cancelled' })
    toastError(error as ApiError)
    return
  }
  if (job.cancelled()) return
  const file = csv(
    head.map(h => say(`ui.stock.${h}`)),
    rows,
  )
  const save = () => download(file, 'stock.csv')
  job.change({ state: 'done', result: { text: say('ui.download'), act: save } })
  save()
}
