import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

// The words of the screens are those of the server: internal/words/locales. A page takes the files of its own (ui*.json), and of
// the others what names a value ("order.review.held") or tells the reason of a decision. What the server says in whole sentences,
// refusals and timelines, comes ready with its answers.
const folder = fileURLToPath(new URL('../../internal/words/locales/', import.meta.url))

// The console begins with what its frame says, ui.json and the titles of screens, and with the names of values. Every other sentence
// comes with the file that says it, in both languages: a screen brings its own words and no others.

/** Which catalogue files each page leaves out, by the beginning of the name. */
const without: Record<string, RegExp> = {
  console: /^(demo|archive|ui-pda)/,
  pda: /^(?!ui\.json|ui-pda|ui-parts|pick\.|warehouse\.|core\.|api\.|access\.|inventory\.)/,
}

const ready = /^(event|demo|notify\.(notice|change|mail)|review\.rule_)\./
const reasons = /^(allocation|ship|review|track)\.\w+$/

const isName = (code: string) => !ready.test(code) && (reasons.test(code) || code.split('.').length > 2)

/** What the console begins with. */
const first = (file: string, code: string) =>
  file === 'ui.json' || code.startsWith('ui.screen.') || !code.startsWith('ui.')

/** The words that a page begins with: "console", "pda". */
export function read(page: string, language: string): Record<string, string> {
  const all: Record<string, string> = {}
  for (const name of readdirSync(folder + language).sort()) {
    if (without[page]?.test(name)) continue
    const part: Record<string, string> = JSON.parse(readFileSync(`${folder}${language}/${name}`, 'utf8'))
    for (const [code, text] of Object.entries(part)) {
      if (page === 'console' && !first(name, code)) continue
      if (name.startsWith('ui') || isName(code)) all[code] = text
    }
  }
  return all
}

const module = /^\0words:(\w+)\/([\w-]+)$/

/** What the file of a catalogue is called: "console-en". Nothing for other modules. */
export const nameOf = (id: string | null) =>
  module
    .exec(id ?? '')
    ?.slice(1)
    .join('-')

/**
 * A sentence as long as in a language of long words, to see what is cut: LONG=1 vite build. What stands in braces is filled in later
 * and stays.
 */
function long(text: string): string {
  const more = (part: string) => part.replace(/[\u4e00-\u9fff]{2}|[aeiou]/g, s => s + s.slice(-1))
  return text
    .split(/(\{[^}]*\})/)
    .map(part => (part.startsWith('{') ? part : more(part)))
    .join('')
}

const said = (all: Record<string, string>) =>
  process.env.LONG ? Object.fromEntries(Object.entries(all).map(([code, text]) => [code, long(text)])) : all

/** Every word of the screens. */
function sentences(language: string): Map<string, string> {
  const out = new Map<string, string>()
  for (const name of readdirSync(folder + language).sort()) {
    if (!name.startsWith('ui')) continue
    for (const [code, text] of Object.entries(JSON.parse(readFileSync(`${folder}${language}/${name}`, 'utf8')))) {
      if (!first(name, code)) out.set(code, text as string)
    }
  }
  return out
}

/** The codes that a source says: whole ones, and families of which it builds one part. */
function codesOf(source: string, known: Iterable<string>): string[] {
  const whole = new Set([...source.matchAll(/['"`](ui\.[a-z0-9_.]+)['"`]/g)].map(m => m[1] ?? ''))
  const families = [...source.matchAll(/`(ui\.[a-z0-9_.]*)\$\{[^}]+\}([a-z0-9_.]*)`/g)].map(
    m => [m[1] ?? '', m[2] ?? ''] as const,
  )
  return [...known].filter(
    c =>
      whole.has(c) ||
      families.some(
        ([a, b]) => c.startsWith(a) && c.endsWith(b) && !c.slice(a.length, c.length - b.length).includes('.'),
      ),
  )
}

const brings = /\/src\/(console|stations|ui)\/(?!screens\.ts).*(?<!\.test)\.tsx?$/
const learn = fileURLToPath(new URL('../src/shared/words.ts', import.meta.url))
const screens = fileURLToPath(new URL('../src/console/screens.ts', import.meta.url))

/** Makes `words:<page>/<language>` a module that holds a catalogue, and gives every file of the console the words that it says. */
export function words(): Plugin {
  return {
    name: 'words',
    enforce: 'pre',
    resolveId: id => (id.startsWith('words:') ? `\0${id}` : null),
    load(id) {
      const [, page, language] = module.exec(id) ?? []
      if (!page || !language) return null
      for (const name of readdirSync(folder + language)) this.addWatchFile(`${folder}${language}/${name}`)
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(said(read(page, language))))})`
    },
    transform(code, id) {
      if (!brings.test(id)) return null
      const [en, zh] = [sentences('en'), sentences('zh-CN')]
      // What the keys of a screen do is named in the list of screens and said by the help alone.
      const source = id.endsWith('/KeysHelp.tsx') ? code + readFileSync(screens, 'utf8') : code
      const own = codesOf(source, en.keys())
      if (own.length === 0) return null
      const both = [en, zh].map(all => said(Object.fromEntries(own.map(c => [c, all.get(c) ?? '']))))
      return {
        code: `import { learn as learnWords } from ${JSON.stringify(learn)}\nlearnWords(${JSON.stringify(both)})\n${code}`,
        map: null,
      }
    },
  }
}
