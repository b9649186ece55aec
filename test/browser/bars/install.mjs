// npm ci, the build, and how many files of dist an edit of one screen changes: in a copy, so that the checkout stays as it is.
import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { row } from './measure.mjs'

const seconds = begun => (Date.now() - begun) / 1000

function timed(cwd, ...command) {
  const begun = Date.now()
  execFileSync('npm', command, { cwd, stdio: 'pipe' })
  return seconds(begun)
}

function snapshot(dist) {
  const out = new Map()
  for (const name of readdirSync(dist, { recursive: true }).map(String)) {
    if (statSync(join(dist, name)).isFile()) out.set(name, readFileSync(join(dist, name), 'utf8'))
  }
  return out
}

/** Files that are new or other than before; one that was renamed counts once. */
const changed = (before, after) => [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name)

function install({ root, work }) {
  const copy = join(work, 'copy')
  const web = join(copy, 'web')
  mkdirSync(copy)
  cpSync(join(root, 'web'), web, { recursive: true, filter: from => !/web\/(node_modules|dist)(\/|$)/.test(from) })
  cpSync(join(root, 'internal/words'), join(copy, 'internal/words'), { recursive: true })
  const ci = timed(web, 'ci', '--no-audit', '--no-fund')
  const build = timed(web, 'run', 'build')
  const before = snapshot(join(web, 'dist'))
  appendFileSync(join(web, 'src/console/stock/Stock.tsx'), '\nObject.assign(globalThis, { edited: 1 })\n')
  timed(web, 'run', 'build')
  const files = changed(before, snapshot(join(web, 'dist')))
  return [
    row('npm ci + build', '≤ 90 s', `${(ci + build).toFixed(1)} s (npm's own cache as it stands)`, ci + build <= 90),
    row('Build, with the type-check', '≤ 15 s', `${build.toFixed(1)} s`, build <= 15),
    row('Files of dist that an edit of one screen changes', '≤ 6, of which 2 are locales', `${files.length} without new words: ${files.join(', ')}`, files.length <= 4),
  ]
}

export const measurements = { install: { what: 'npm ci + build', bar: '≤ 90 s; build ≤ 15 s', run: install } }
