/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { words } from './scripts/catalogue.ts'

interface Graph {
  getModuleInfo(id: string): { importedIds: string[] } | null
}

const early: Record<string, Set<string>> = {}

/** The chunk of a module that several pages share: what the handheld needs at once, what the desktop does, and what comes later. */
function shared(id: string, graph: Graph) {
  const entry = (page: string) => {
    early[page] ??= reached(graph, new URL(`src/${page}/main.tsx`, import.meta.url).pathname)
    return early[page].has(id)
  }
  if (entry('pda')) return 'base'
  if (entry('console')) return 'kit'
  return id.includes('/src/pda/') ? 'tasks' : 'more'
}

/** The modules that an entry loads before anything is opened. */
function reached(graph: Graph, entry: string) {
  const found = new Set([entry])
  for (const id of found) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) found.add(next)
  return found
}

// One page for the desktop and one for the handheld. Names of files hold their content's hash; the import map keeps a change of
// one chunk from renaming those that import it.
export default defineConfig({
  plugins: [react(), words()],
  build: {
    target: 'chrome109',
    modulePreload: { polyfill: false },
    chunkImportMap: true,
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rolldownOptions: {
      input: { console: 'console.html', pda: 'pda.html' },
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules\/(react|react-dom|scheduler|wouter|regexparam|use-sync-external-store|@tanstack\/(?:react-query|query-core))\//,
            },
            { name: 'echarts', test: /node_modules\/(echarts|zrender|tslib)\// },
            { name: shared, minShareCount: 2 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/shared/test-setup.ts'],
  },
})
