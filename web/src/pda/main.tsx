import '../shared/tokens.css'
import '../shared/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { boot } from '../shared/boot.ts'
import { keyboard } from '../shared/keyboard.ts'
import { queries } from '../shared/query.ts'
import { App } from './App.tsx'

document.documentElement.dataset.surface = 'pda'
await boot(language => (language === 'zh-CN' ? import('words:pda/zh-CN') : import('words:pda/en')))
keyboard.start()
// Only where the browser trusts the connection; elsewhere the header says that a restart needs the network.
void work().catch(() => {})
createRoot(document.getElementById('app') as HTMLElement).render(
  <QueryClientProvider client={queries}>
    <App />
  </QueryClientProvider>,
)

/** Starts the worker and tells it what this page is made of, so that it can begin without a network. */
async function work() {
  if (!navigator.serviceWorker) return
  await navigator.serviceWorker.register('/pda-worker.js', { scope: '/pda' })
  const { active } = await navigator.serviceWorker.ready
  const made = performance.getEntriesByType('resource').map(r => new URL(r.name).pathname)
  active?.postMessage({ keep: ['/pda', '/icon.svg', ...made.filter(p => p.startsWith('/assets/'))] })
}
