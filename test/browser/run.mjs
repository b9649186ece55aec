// Runs the journeys: node test/browser/run.mjs [name …] [--only words …] [--screens /orders,/today]. A name is the beginning of a file;
// --only leaves out the journeys in whose name none of the words stand, --screens narrows those that go through all screens. BINARY is
// the program; without it one is built. SHOTS keeps pictures.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chrome, quit } from './page.mjs'
import { demo } from './server.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '../..')

if (!existsSync(chrome)) {
  console.log(`SKIP there is no browser at ${chrome}`)
  process.exit(0)
}

const work = mkdtempSync(join(tmpdir(), 'packhorse-journeys-'))
const shots = process.env.SHOTS
if (shots) mkdirSync(shots, { recursive: true })
const binary = process.env.BINARY ?? join(work, 'packhorse')
if (!process.env.BINARY) execFileSync('go', ['build', '-o', binary, './cmd/packhorse'], { cwd: root, stdio: 'inherit' })

const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { only: { type: 'string', multiple: true }, screens: { type: 'string' } } })
const parts = values.only
const files = readdirSync(here).filter(f => f.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some(w => f.startsWith(w))))
const failed = []
let ran = 0

// What is open all day is looked at by axe every time, the other screens with FULL=1 (npm run browser): it takes minutes. What
// measures time wants a machine for itself, and what is true of all screens is gone through on each.
const daily = ['exceptions', 'orders', 'pack', 'pda', 'pick', 'public']
const leftOut = (file, name) =>
  !process.env.FULL &&
  (file.startsWith('everywhere.') || name.includes('within 100 ms') || (name.includes('by everybody') && !daily.some(d => file.startsWith(`${d}.`))))

/** Runs the journeys of one file on a company of their own: what one leaves behind must not reach those of another file. */
async function runFile(file, company, only) {
  const server = await company
  const broken = []
  try {
    const { journeys } = await import(join(here, file))
    for (const [name, journey] of Object.entries(journeys)) {
      if ((only && !only.includes(name)) || (parts && !parts.some(p => name.includes(p)))) continue
      if (leftOut(file, name)) {
        console.log(`SKIP ${name}: FULL=1 runs it`)
        continue
      }
      const begun = Date.now()
      try {
        await journey({ server, shots, binary, only: values.screens?.split(',') })
        console.log(`ok   ${name} (${Date.now() - begun} ms)`)
      } catch (error) {
        broken.push(name)
        console.log(`FAIL ${name}\n     ${String(error?.stack ?? error).split('\n').slice(0, 6).join('\n     ')}`)
      }
      if (!only) ran++
    }
  } finally {
    await server.stop()
  }
  return broken
}

const company = () => demo({ binary, uiDir: process.env.UI_DIR })

// The company of the next file lives its first days while this one is gone through: a journey waits more than it works.
let next = company()
try {
  for (const [i, file] of files.entries()) {
    const mine = next
    next = i + 1 < files.length ? company() : undefined
    next?.catch(() => {}) // told when it is its turn
    const broken = await runFile(file, mine)
    // A machine that is busy with something else tears scans apart and misses seconds: what fails twice is broken.
    if (broken.length > 0) {
      console.log(`once more: ${file}`)
      failed.push(...(await runFile(file, company(), broken)))
    }
  }
} finally {
  await (await next?.catch(() => {}))?.stop()
  await quit()
  rmSync(work, { recursive: true, force: true })
}
console.log(`${ran} journeys, ${failed.length} failed`)
process.exit(failed.length || ran === 0 ? 1 : 0)
