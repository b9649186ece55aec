/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { words } from './scripts/catalogue.ts'

// One page for the desktop and one for the handheld. Names of files hold their content's hash; the import map keeps a change of
// one chunk from renaming those that import it.
export default defineConfig({
  plugins: [react(), words()],
  build: {
    target: 'chrome109',
    modulePreload: { polyfill: false },
    chunkImportMap: true,
    assetsInlineLimit: 0,
    cssCodeSplit: true,
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
