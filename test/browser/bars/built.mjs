// What is built: read from the folder, packed as the server packs it. A KB has 1,024 bytes.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { kb, row } from './measure.mjs'

/** Reads dist: the bytes of each script, and which others it needs at once or loads when asked. */
function read(dist) {
  const names = JSON.parse(readFileSync(join(dist, 'importmap.json'), 'utf8')).imports
  const real = name => (names[`/assets/${name}`] ?? `/assets/${name}`).slice('/assets/'.length)
  const scripts = new Map()
  for (const name of readdirSync(join(dist, 'assets')).filter(n => n.endsWith('.js'))) {
    const text = readFileSync(join(dist, 'assets', name), 'utf8')
    const all = pattern => [...text.matchAll(pattern)].map(m => real(m[1]))
    scripts.set(name, {
      bytes: gzipSync(text).length,
      needs: all(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g),
      later: all(/import\(\s*["'`]\.\/([^"'`]+\.js)["'`]\s*\)/g),
    })
  }
  return scripts
}

/** A script and what it needs, without what is there already. */
function closure(scripts, from, have = new Set()) {
  const out = new Set()
  const todo = [...from]
  while (todo.length) {
    const name = todo.pop()
    if (out.has(name) || have.has(name)) continue
    out.add(name)
    todo.push(...scripts.get(name).needs)
  }
  return out
}

const weigh = (scripts, set) => [...set].reduce((n, name) => n + scripts.get(name).bytes, 0)
const stem = name => name.replace(/-[\w-]{8}\.js$/, '')

/** What a page begins with: its scripts, and the bigger one of the two catalogues of words, which nothing is drawn without. */
function initial(dist, scripts, page) {
  const html = readFileSync(join(dist, `${page}.html`), 'utf8')
  const code = closure(scripts, [...html.matchAll(/<script[^>]*src="\/assets\/([^"]+)"/g)].map(m => m[1]))
  const parts = laterParts(scripts, code)
  const words = parts.filter(name => new RegExp(`^${page}-(en|zh-CN)-`).test(name))
  const catalogue = Math.max(...words.map(name => scripts.get(name).bytes))
  return { code, later: parts.filter(name => !words.includes(name)), bytes: weigh(scripts, code), catalogue }
}

/** What is loaded later, and what those parts load later still. */
function laterParts(scripts, code) {
  const seen = new Set(code)
  const parts = new Set()
  for (const name of seen) {
    for (const part of scripts.get(name).later) {
      parts.add(part)
      for (const more of closure(scripts, [part])) seen.add(more)
    }
  }
  return [...parts]
}

/** The shell, from which each lazy part is counted. */
function lazyRows(scripts, title, page) {
  const parts = page.later
    .filter(name => !name.startsWith('echarts'))
    .map(name => {
      const all = closure(scripts, [name], page.code)
      return { name: stem(name), own: scripts.get(name).bytes, all: weigh(scripts, all) }
    })
    .sort((a, b) => b.all - a.all)
  const list = parts.map(p => `${p.name} ${kb(p.own)} (${kb(p.all)})`).join(', ')
  const most = Math.max(...parts.map(p => p.all))
  return row(`${title}: each lazy route, its own chunk (with all that it brings when it is the first, words in both languages among it)`, '≤ 40 KB gz', `largest ${kb(most)}; ${list}`, most <= 40 * 1024)
}

function scriptRows({ dist }) {
  const scripts = read(dist)
  const out = []
  for (const [page, title, limit] of [['console', 'Console', 180], ['pda', 'Handheld', 110]]) {
    const at = initial(dist, scripts, page)
    const sum = at.bytes + at.catalogue
    out.push(row(`${title}: initial JS`, `≤ ${limit} KB gz`, `${kb(sum)}: code ${kb(at.bytes)}, words ${kb(at.catalogue)}`, sum <= limit * 1024))
    out.push(lazyRows(scripts, title, at))
  }
  const charts = [...scripts].filter(([name]) => name.startsWith('echarts')).sort((a, b) => b[1].bytes - a[1].bytes)[0]
  out.push(charts ? row('ECharts chunk', '≤ 200 KB gz', kb(charts[1].bytes), charts[1].bytes <= 200 * 1024) : row('ECharts chunk', '≤ 200 KB gz', 'none is built: no screen draws a chart'))
  return out
}

function folderRows({ dist }) {
  const files = readdirSync(dist, { recursive: true }).map(String).filter(n => statSync(join(dist, n)).isFile())
  const bytes = files.reduce((n, f) => n + statSync(join(dist, f)).size, 0)
  return [
    row('dist', '≤ 2.5 MB', `${(bytes / 1024 / 1024).toFixed(2)} MB`, bytes <= 2.5 * 1024 * 1024),
    row('dist: files', '≤ 60', String(files.length), files.length <= 60),
  ]
}

export const measurements = {
  scripts: { what: 'JS of the pages', run: scriptRows },
  dist: { what: 'dist', run: folderRows },
}
