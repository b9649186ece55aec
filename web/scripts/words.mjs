// Every code that the screens say has words, every ui code is said somewhere, and no sentence is written into a page.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const locales = fileURLToPath(new URL('../../internal/words/locales/en/', import.meta.url))
const source = fileURLToPath(new URL('../src/', import.meta.url))
const known = new Set()
const ours = new Set()
for (const name of readdirSync(locales)) {
  for (const code of Object.keys(JSON.parse(readFileSync(join(locales, name), 'utf8')))) {
    if (name.startsWith('ui')) ours.add(code)
    // Screens load the ui files alone: what stands in another file they show as a code.
    if (name.startsWith('ui') || !code.startsWith('ui.')) known.add(code)
  }
}

// What the console's frame says has to be among the words that it begins with.
const frame = /^(console\/(?!screens|KeysHelp|Palette)[^/]+|console\/signin\/.+|shared\/.+)$/
const begins = new Set(Object.keys(JSON.parse(readFileSync(join(locales, 'ui.json'), 'utf8'))))

const said = new Set()
const families = []
const wrong = []
for (const file of readdirSync(source, { recursive: true })) {
  if (!/\.tsx?$/.test(file) || /\.(test|gen)\.ts/.test(file)) continue
  const text = readFileSync(join(source, file), 'utf8')
  for (const [, code] of text.matchAll(/['"`](ui\.[a-z0-9_.]+)['"`]/g)) {
    said.add(code)
    if (!known.has(code)) wrong.push(`${file}: ${code} has no words`)
    else if (frame.test(file) && !begins.has(code)) wrong.push(`${file}: ${code} belongs into ui.json`)
  }
  for (const [, before, after] of text.matchAll(/`(ui\.[a-z0-9_.]*)\$\{[^}]+\}([a-z0-9_.]*)`/g))
    families.push([before, after])
  if (/[\u4e00-\u9fff]/.test(text.replaceAll("'中文'", '').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')))
    wrong.push(`${file}: Chinese in the source; it belongs into the catalogue`)
  if (file.endsWith('.tsx')) {
    for (const [, words] of text.matchAll(/>\s*([A-Z][a-z]+ [a-z][^<>{}]*)</g))
      wrong.push(`${file}: "${words.trim()}" belongs into the catalogue`)
  }
}
for (const code of ours) {
  if (!said.has(code) && !families.some(([a, b]) => code.startsWith(a) && code.endsWith(b)))
    wrong.push(`${code} is said nowhere`)
}
if (wrong.length) {
  console.error(wrong.join('\n'))
  process.exit(1)
}
console.log(`${ours.size} words of the screens, all said`)
