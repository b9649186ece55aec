import type { Export, ExportInput } from '../api/types.gen.ts'
import { ApiError, call, hrefOf } from '../shared/api.ts'
import { zoneOf } from '../shared/clock.ts'
import { say } from '../shared/words.ts'
import { beginJob } from './jobs.ts'
import { toastError } from './Toast.tsx'

const pause = 500

interface Wish {
  list: string
  query?: object
  format: ExportInput['format']
  purpose?: ExportInput['purpose']
}

/** Has the server write a list into a file and gives it to the person; the tray shows how far it is and can stop it. */
export async function exportList({ list, query, format, purpose }: Wish) {
  const job = beginJob(say('ui.export.of', { list: say(`ui.export.list.${list.replaceAll('-', '_')}`) }), 0)
  try {
    let x: Export = await call('export-list', { body: { list, query: texts(query), format, purpose, zone: zoneOf() } })
    while (x.state === 'waiting' || x.state === 'running') {
      if (job.cancelled()) {
        await call('cancel-export', { path: { id: x.id }, body: {} })
        return
      }
      job.change({ done: x.rows, of: x.rows + 1 })
      await new Promise(after => setTimeout(after, pause))
      x = await call('get-export', { path: { id: x.id } })
    }
    if (x.state !== 'done') throw failure(x)
    const save = () => fetchFile(x)
    job.change({ done: x.rows, of: x.rows, state: 'done', result: { text: say('ui.download'), act: save } })
    save()
  } catch (error) {
    job.change({ state: 'cancelled' })
    toastError(error)
  }
}

/** The browser takes the file as a download: it never stands in the memory of the page. */
export function fetchFile(x: Pick<Export, 'id' | 'file'>) {
  const link = document.createElement('a')
  link.href = hrefOf('get-export-file', { path: { id: x.id } })
  link.download = x.file ?? ''
  link.click()
}

/** The parameters of a list as texts; those without a value are left out. */
export function texts(query: object = {}): Record<string, string> {
  const given = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== '')
  return Object.fromEntries(given.map(([name, v]) => [name, String(v)]))
}

const failure = (x: Export) =>
  new ApiError({
    type: 'about:blank',
    title: '',
    status: 500,
    code: x.code ?? 'ui.export.stopped',
    detail: x.failure ?? say('ui.export.stopped'),
    request_id: x.request,
  })
