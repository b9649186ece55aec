// Measures the bars of the screens on the real program in a real browser and prints a Markdown table; not a part of the tests.
//   node test/browser/bars.mjs [--only name,…] [--minutes 2] [--install] [--dir FOLDER [--orders 1000000]]
// BINARY is the program; without it one is built. UI_DIR is read in place of web/dist. --minutes is how long the page of the heap
// stays open (60 is the bar as it is written, and below 10 nothing is said of the bar), --install adds npm ci and builds. --dir adds the
// list of a million orders; where there is no such folder it is written, which takes 4 GB and minutes. Figures mean something on an idle
// machine only.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measurements as built } from './bars/built.mjs'
import { measurements as first } from './bars/first.mjs'
import { measurements as install } from './bars/install.mjs'
import { measurements as list } from './bars/list.mjs'
import { measurements as live } from './bars/live.mjs'
import { row } from './bars/measure.mjs'
import { measurements as million } from './bars/million.mjs'
import { measurements as roles } from './bars/roles.mjs'
import { demo } from './server.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({
  options: { only: { type: 'string' }, minutes: { type: 'string', default: '2' }, install: { type: 'boolean' }, dir: { type: 'string' }, orders: { type: 'string', default: '1000000' } },
})

// In this order: what needs a company of its usual size comes before the ten thousand orders, and what takes longest is last.
const { heap, ...soon } = live
const all = { ...built, ...install, ...first, ...roles, ...soon, ...list, ...million, heap }
const asked = { install: values.install, million: values.dir }
const names = values.only ? values.only.split(',') : Object.keys(all).filter(name => !(name in asked) || asked[name])
const unknown = names.filter(name => !all[name])
if (unknown.length) {
  console.error(`no such measurement: ${unknown.join(', ')}; there are ${Object.keys(all).join(', ')}`)
  process.exit(2)
}

const work = mkdtempSync(join(tmpdir(), 'packhorse-bars-'))
const binary = process.env.BINARY ?? join(work, 'packhorse')
const load = () => loadavg().map(n => n.toFixed(1)).join(' ')
const cell = text => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ')
const verdict = met => (met === undefined ? '—' : met ? 'yes' : '**no**')
const print = r => console.log(`| ${cell(r.what)} | ${cell(r.bar)} | ${cell(r.measured)} | ${verdict(r.met)} |`)

/** The rows of one measurement; one that fails says why, and the others go on. */
async function measured(name, world) {
  try {
    return await all[name].run(world)
  } catch (error) {
    return [row(all[name].what, all[name].bar ?? '', `failed: ${String(error?.message ?? error).split('\n')[0]}`)]
  }
}

let server
try {
  if (!process.env.BINARY) execFileSync('go', ['build', '-o', binary, './cmd/packhorse'], { cwd: root, stdio: 'inherit' })
  const uiDir = process.env.UI_DIR
  server = await demo({ binary, uiDir })
  const world = { server, binary, uiDir, root, work, dist: resolve(uiDir ?? join(root, 'web/dist')), minutes: Number(values.minutes), dir: values.dir && resolve(values.dir), orders: Number(values.orders) }
  console.log(`Load of the machine at the beginning ${load()}.\n\n| What | Bar | Measured | Met |\n| --- | --- | --- | --- |`)
  for (const name of names) {
    const begun = Date.now()
    for (const r of await measured(name, world)) print(r)
    console.error(`${name}: ${((Date.now() - begun) / 1000).toFixed(1)} s, load ${load()}`)
  }
  console.log(`\nLoad at the end ${load()}.`)
} finally {
  await server?.stop()
  rmSync(work, { recursive: true, force: true })
}
