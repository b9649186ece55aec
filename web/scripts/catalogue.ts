import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

// The words of the screens are those of the server: internal/words/locales. A page takes the files of its own (ui*.json), and of
// the others what names a value ("order.review.held") or tells the reason of a decision. What the server says in whole sentences,
// refusals and timelines, comes ready with its answers.
const folder = fileURLToPath(new URL('../../internal/words/locales/', import.meta.url))

/** Which catalogue files each page leaves out, by the beginning of the name. */
const without: Record<string, RegExp> = {
  console: /^(demo|archive|ui-pda)/,
  pda: /^(?!ui\.json|ui-pda|ui-parts|pick\.|warehouse\.|core\.|api\.|access\.|inventory\.)/,
}

const ready = /^(event|demo|notify\.(notice|change|mail)|review\.(term|rule_))\./
const reasons = /^(allocation|ship|review|track)\.\w+$/

const isName = (code: string) => !ready.test(code) && (reasons.test(code) || code.split('.').length > 2)

export function read(page: string, language: string): Record<string, string> {
  const all: Record<string, string> = {}
  for (const name of readdirSync(folder + language).sort()) {
    if (without[page]?.test(name)) continue
    const part: Record<string, string> = JSON.parse(readFileSync(`${folder}${language}/${name}`, 'utf8'))
    for (const [code, text] of Object.entries(part)) {
      if (name.startsWith('ui') || isName(code)) all[code] = text
    }
  }
  return all
}

/** Makes `words:<page>/<language>` a module that holds the catalogue. */
export function words(): Plugin {
  return {
    name: 'words',
    resolveId: id => (id.startsWith('words:') ? `\0${id}` : null),
    load(id) {
      const [, page, language] = /^\0words:(\w+)\/([\w-]+)$/.exec(id) ?? []
      if (!page || !language) return null
      for (const name of readdirSync(folder + language)) this.addWatchFile(`${folder}${language}/${name}`)
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(read(page, language)))})`
    },
  }
}
