import type { Plugin, Rollup } from 'vite'

/** The styles of one page in one file: those of its scripts, whenever they come. What both pages use is in both files. */
export function styles(pages: string[]): Plugin {
  return {
    name: 'styles',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(c => c.type === 'chunk')
      const merged = pages.map(page => [page, merge(bundle, reached(bundle, chunks, page))] as const)
      for (const c of chunks) {
        for (const name of c.viteMetadata?.importedCss ?? []) delete bundle[name]
        c.viteMetadata?.importedCss.clear()
      }
      for (const [page, source] of merged) {
        const file = this.emitFile({ type: 'asset', name: `${page}.css`, source })
        const entry = chunks.find(c => c.isEntry && c.name === page)
        entry?.viteMetadata?.importedCss.add(this.getFileName(file))
      }
    },
  }
}

/** The chunks that a page may load, in an order that the same source always gives. */
function reached(bundle: Rollup.OutputBundle, chunks: Rollup.OutputChunk[], page: string) {
  const found = new Set(chunks.filter(c => c.isEntry && c.name === page))
  for (const c of found) {
    for (const name of [...c.imports, ...c.dynamicImports]) {
      const next = bundle[name]
      if (next?.type === 'chunk') found.add(next)
    }
  }
  return [...found]
}

function merge(bundle: Rollup.OutputBundle, chunks: Rollup.OutputChunk[]): string {
  const names = new Set(chunks.flatMap(c => [...(c.viteMetadata?.importedCss ?? [])]))
  return [...names].map(name => text(bundle[name])).join('')
}

const text = (file: Rollup.OutputBundle[string] | undefined) => (file?.type === 'asset' ? String(file.source) : '')
