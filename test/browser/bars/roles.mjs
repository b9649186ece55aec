// Roles by script. Where a journey proves the bar it is run as it is, and what it tells is the measurement.
import { burst, picked } from '../desk.mjs'
import { journeys as exceptions } from '../exceptions.test.mjs'
import { journeys as pack } from '../pack.test.mjs'
import { journeys as pick } from '../pick.test.mjs'
import { ask } from '../server.mjs'
import { cpu, pause, row, signedIn, spread, tail, until } from './measure.mjs'

/** Runs a journey; gives what it told, without its own margin. A journey that fails throws. */
async function told(world, journeys, name) {
  const lines = []
  const { log } = console
  console.log = text => lines.push(String(text).trim())
  try {
    await journeys[name](world)
  } finally {
    console.log = log
  }
  return lines.join('; ')
}

async function journey(world, journeys, name, what, bar, measured) {
  const text = await told(world, journeys, name)
  return [row(what, bar, `${text || measured} (journey “${name}”)`, true)]
}

const reviewer = world =>
  journey(world, exceptions, 'thirty exceptions are decided with thirty keys, within a minute', 'Reviewer: 30 exceptions', '≤ 60 s of keys')

const packer = world =>
  journey(world, pack, 'a packer takes three lines from the tote to the closed parcel by scans alone, and the label prints itself', 'Packer: 3 lines', '0 clicks', '0 clicks')

const picker = world => journey(world, pick, 'twenty lines are picked with scans alone, and the server has every piece', 'Picker: 20 lines', '0 taps', '0 taps')

const offline = world =>
  journey(world, pick, 'two hundred scans without a network, with a reload among them, each count once and in order', '200 scans offline, reload, return', 'each once, in order', 'each once, in order')

const scanBar = 'p95 ≤ 100 ms at 4× CPU'

/** The journey judges only where BUSY is not set; here the row does. */
async function handheldScan(world) {
  const was = process.env.BUSY
  process.env.BUSY = '1'
  try {
    const text = await told(world, pick, 'a scan is coloured within 100 ms on a device four times slower')
    const p95 = Number(/p95 (\d+)/.exec(text)?.[1])
    return [row('Scan → colour, handheld, 4× CPU', scanBar, text, p95 <= 100)]
  } finally {
    if (was === undefined) delete process.env.BUSY
    else process.env.BUSY = was
  }
}

/** In the page, before its own scripts: from the end of a scan to its colour as painted, and to the start of its tone. */
function watchScans() {
  const bars = { colour: [], tone: [] }
  globalThis.bars = bars
  let from = 0
  let silent = 0
  addEventListener('keydown', e => e.key === 'Enter' && (from = silent = performance.now()), true)
  const { start } = AudioScheduledSourceNode.prototype
  AudioScheduledSourceNode.prototype.start = function (...when) {
    if (silent) bars.tone.push(performance.now() - silent)
    silent = 0
    return start.apply(this, when)
  }
  new MutationObserver(() => {
    if (!from || !document.querySelector('[data-flash=right],[data-flash=done]')) return
    const began = from
    from = 0
    requestAnimationFrame(() => setTimeout(() => bars.colour.push(performance.now() - began)))
  }).observe(document, { subtree: true, childList: true, attributes: true })
}

async function packScan({ server }) {
  const o = await picked(server, [['HM01600', 40]])
  const { skus } = await ask(server, '/v1/skus?q=HM01600&limit=500')
  const code = skus.find(s => s.sku === 'HM01600')?.barcodes?.split('|')[0]?.split('*')[0] ?? 'HM01600'
  return signedIn(server, {}, async b => {
    await b.page.addInitScript(watchScans)
    await b.page.goto(`${server.url}/pack`)
    await b.page.locator('[data-stage=open]').waitFor()
    await burst(b.page, o.fulfilment)
    await b.page.locator('[data-stage=items]').waitFor()
    await b.page.mouse.click(5, 5)
    await pause(800)
    await cpu(b, 4)
    await b.page.evaluate(() => (bars.colour.length = bars.tone.length = 0))
    for (let i = 0; i < 39; i++) {
      await burst(b.page, code)
      await until('a colour', async () => (await b.page.evaluate(() => bars.colour.length)) > i, 5000)
      await pause(420)
    }
    const { colour, tone } = await b.page.evaluate(() => bars)
    return [
      row('Scan → colour, pack station, 4× CPU', scanBar, spread(colour), tail(colour, 0.95) <= 100),
      tone.length ? row('Scan → tone begun, pack station, 4× CPU', scanBar, spread(tone), tail(tone, 0.95) <= 100) : row('Scan → tone, pack station', scanBar, 'failed: no tone was begun'),
    ]
  })
}

export const measurements = {
  'scan-handheld': { what: 'Scan → colour, handheld', bar: scanBar, run: handheldScan },
  'scan-pack': { what: 'Scan → colour, pack station', bar: scanBar, run: packScan },
  offline: { what: '200 scans offline', bar: 'each once, in order', run: offline },
  reviewer: { what: 'Reviewer: 30 exceptions', bar: '≤ 60 s of keys', run: reviewer },
  packer: { what: 'Packer: 3 lines', bar: '0 clicks', run: packer },
  picker: { what: 'Picker: 20 lines', bar: '0 taps', run: picker },
}
