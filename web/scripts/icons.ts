import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

// The library of icons gives all of them from one file, which hides who uses which. With every icon taken from its own file, a
// page begins with its own icons and not with those of every screen.
const list = fileURLToPath(new URL('../node_modules/lucide-react/dist/esm/lucide-react.mjs', import.meta.url))
const library = /import \{([^}]*)\} from ['"]lucide-react['"];?/g

/** The file of every name that an icon has. */
function files(): Map<string, string> {
  const out = new Map<string, string>()
  for (const [, names, file] of readFileSync(list, 'utf8').matchAll(
    /^export \{([^}]*)\} from '(\.\/icons\/[^']+)'/gm,
  )) {
    for (const [, name] of (names ?? '').matchAll(/default as (\w+)/g)) out.set(name ?? '', (file ?? '').slice(2))
  }
  return out
}

/** Takes each icon from its own file. */
export function icons(): Plugin {
  const known = files()
  const one = (part: string) => {
    const [name = '', as = name] = part.split(' as ').map(s => s.trim())
    const file = known.get(name)
    return file
      ? `import ${as} from 'lucide-react/${file.replace('.mjs', '')}'`
      : `import { ${part} } from 'lucide-react'`
  }
  return {
    name: 'icons',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src/') || !code.includes('lucide-react')) return null
      const parts = (names: string) =>
        names
          .split(',')
          .map(s => s.trim())
          .filter(s => s && !s.startsWith('type '))
      return { code: code.replace(library, (_, names: string) => parts(names).map(one).join('; ')), map: null }
    },
  }
}
