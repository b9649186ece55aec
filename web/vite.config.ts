/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { nameOf, words } from './scripts/catalogue.ts'
import { sharing } from './scripts/chunks.ts'
import { icons } from './scripts/icons.ts'
import { styles } from './scripts/styles.ts'

/** A catalogue is called after its page, and the pages of one folder after that. */
const fileName = (id: string | null) => nameOf(id) ?? /(\w+)\/pages\.ts$/.exec(id ?? '')?.[1] ?? '[name]'

// One page for the desktop and one for the handheld. Names of files hold their content's hash; the import map keeps a change of
// one chunk from renaming those that import it.
export default defineConfig({
  plugins: [react(), words(), icons(), styles(['console', 'pda'])],
  build: {
    target: 'chrome109',
    modulePreload: { polyfill: false },
    chunkImportMap: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { console: 'console.html', pda: 'pda.html' },
      output: {
        chunkFileNames: ({ facadeModuleId }) => `assets/${fileName(facadeModuleId)}-[hash].js`,
        codeSplitting: {
          groups: [
            {
              name: 'react',
              priority: 100,
              test: /node_modules\/(react|react-dom|scheduler|wouter|regexparam|use-sync-external-store|@tanstack\/(?:react-query|query-core))\//,
            },
            { name: 'echarts', priority: 99, test: /node_modules\/(echarts|zrender|tslib)\// },
            ...sharing(),
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
