// The one owner of the keyboard. A scanner is a keyboard that types very fast: every key is seen here first, and a key that
// would do something waits for a moment, to be told apart from the first character of a scan. A scanner that stutters, as over a
// bad radio, is slower than people at their fastest: where nobody writes, its keys too are a scan when they end with Enter or Tab,
// and what changes something waits long enough to know.
import { type Field, fieldKeeps, inControl, inField, inPopup, isField, restore } from './fields.ts'
import { isSeparator, type Stroke, strokeOf } from './strokes.ts'

/** What a key or a sequence ("g o", "mod+k", "?") does. */
export type Bindings = Record<string, (e: KeyboardEvent) => void>

/** How the scanner of this device behaves. Times in milliseconds. */
export interface Device {
  /** Longest time between two characters of a scan. */
  gap: number
  /** And of a scanner that stutters, where nobody writes. A key that changes something waits a little longer than that. */
  stutter: number
  /** A key that only shows something else waits so long for more. */
  hold: number
  /** Silence that ends a scan without Enter or Tab. */
  silence: number
  prefix: string
  suffix: string
  /** Single letters do something (WCAG 2.1.4). */
  letters: boolean
}

export const usual: Device = { gap: 50, stutter: 120, hold: 60, silence: 100, prefix: '', suffix: '', letters: true }

/** Keys that only move: they act at once. */
const harmless = new Set(['j', 'k', 'J', 'K'])
const shortest = 3 // characters of a scan that ends with Enter or Tab
const shortestSilent = 5 // and of one that ends with silence
const nextKey = 1_000 // of a sequence
const surely = 10 // past the longest stutter

interface Layer {
  keys: Bindings
  wall: boolean
  shows: boolean
}

/** A key that waits to act. */
interface Waiting {
  run(): void
  shows: boolean
}

export interface Scan {
  text: string
  /** An input method was on, and the keys were read as English. */
  composed: boolean
}

export class Keyboard {
  device: Device
  private layers: Layer[] = []
  private scanners: ((scan: Scan) => void)[] = []
  private strokes: Stroke[] = []
  private field: Field | null = null
  private writing = false // the burst began where somebody writes
  private stuttered = false // two of its characters were further apart than those of a scan are
  private torn = false // and among them is one that nobody presses here: it is no series of keys
  private waiting: Waiting[] = []
  private holdTimer: ReturnType<typeof setTimeout> | undefined
  private silenceTimer: ReturnType<typeof setTimeout> | undefined
  private first = ''
  private firstAt = 0

  constructor(device: Partial<Device> = {}) {
    this.device = { ...usual, ...device }
  }

  /** Listens until the function that it gives is called. */
  start(target: EventTarget = window): () => void {
    const hear = (e: Event) => this.key(e as KeyboardEvent)
    target.addEventListener('keydown', hear, { capture: true })
    return () => {
      target.removeEventListener('keydown', hear, { capture: true })
      this.forget()
    }
  }

  /** Binds keys; the latest who binds a key has it. With wall, what was bound before does nothing: a dialog is open. With shows,
   * they change nothing and act sooner. */
  bind(keys: Bindings, { wall = false, shows = false } = {}): () => void {
    const layer = { keys, wall, shows }
    this.layers.push(layer)
    return () => {
      this.layers = this.layers.filter(l => l !== layer)
    }
  }

  /** Takes scans; the latest who asks gets them. */
  onScan(take: (scan: Scan) => void): () => void {
    this.scanners.push(take)
    return () => {
      this.scanners = this.scanners.filter(t => t !== take)
    }
  }

  /** Every key or sequence that does something now. */
  bound(): string[] {
    return [...new Set(this.reached().flatMap(l => Object.keys(l.keys)))]
  }

  /** Does what a key does, as somebody chose it from a list. */
  press(key: string) {
    this.find(key)?.(new KeyboardEvent('keydown', { key }))
  }

  private key(e: KeyboardEvent) {
    if (e.metaKey || e.altKey || (e.ctrlKey && !isSeparator(e))) {
      this.combination(e)
      return
    }
    const stroke = strokeOf(e)
    if (stroke) this.character(e, stroke)
    else if (e.key === 'Enter' || e.key === 'Tab') this.terminator(e)
    else if (e.key !== 'Shift' && !e.isComposing) this.run(e.key, e)
  }

  private combination(e: KeyboardEvent) {
    const mod = e.ctrlKey || e.metaKey
    const name = `${mod ? 'mod+' : ''}${e.altKey ? 'alt+' : ''}${e.key.length === 1 ? e.key.toLowerCase() : e.key}`
    if (['Control', 'Meta', 'Alt'].includes(e.key)) return
    this.run(name, e)
  }

  private character(e: KeyboardEvent, stroke: Stroke) {
    const last = this.strokes.at(-1)
    const pause = last ? stroke.at - last.at : Number.POSITIVE_INFINITY
    const fast = pause <= this.device.gap
    const slow = !fast && !this.writing && !inField(e.target) && pause <= this.device.stutter
    if (!fast && !slow) this.begin(e)
    this.stuttered ||= slow
    this.strokes.push(stroke)
    clearTimeout(this.silenceTimer)
    const sure = this.strokes.length > 1 && !this.stuttered
    this.silenceTimer = setTimeout(() => this.quiet(), sure ? this.device.silence : this.device.stutter)
    if (fast) this.drop()
    if (this.writing) return // the field has it; a scan is taken out when it is known to be one
    if (fast) {
      e.preventDefault()
      return
    }
    this.hold(e, stroke.char)
  }

  /** The first character of what may become a scan. What still waits was not: nothing followed for too long. */
  private begin(e: KeyboardEvent) {
    this.act()
    this.forget()
    const element = e.target
    this.writing = inField(element)
    if (isField(element) && element.dataset.scan !== 'text') this.field = { element, value: element.value }
  }

  /** A single key: at once where it only moves, else after a moment in which nothing followed. */
  private hold(e: KeyboardEvent, char: string) {
    if (!this.device.letters && /[a-z]/i.test(char)) return
    const whole = this.layer(this.sequence(char)) ?? this.layer(char)
    if (!whole && !this.opens(char) && this.waiting.length === 0) return
    e.preventDefault()
    if (harmless.has(char) && !this.first && this.waiting.length === 0) {
      this.run(char, e)
      return
    }
    const second = this.layer(`${this.strokes.at(-2)?.char} ${char}`)
    this.waiting.push({ run: () => this.run(char, e), shows: (whole ?? second)?.shows ?? true })
    this.torn ||= !whole && !second && !this.opens(char)
    clearTimeout(this.holdTimer)
    const { hold, stutter } = this.device
    const scan = this.torn || this.strokes.length >= shortestSilent
    const then = () => (scan ? this.drop() : this.act())
    this.holdTimer = setTimeout(then, this.waiting.every(w => w.shows) ? hold : stutter + surely)
  }

  /** Does what waited, in order. */
  private act() {
    const list = this.waiting
    this.drop()
    for (const w of list) w.run()
  }

  private terminator(e: KeyboardEvent) {
    if (this.scanned(e)) {
      e.preventDefault()
      e.stopPropagation()
      this.scan()
      return
    }
    const list = this.waiting
    this.forget()
    for (const w of list) w.run()
    this.run(e.key, e)
  }

  /** Whether what ends here is a scan. Somebody who goes down a list quickly and opens what is there is none. */
  private scanned(e: KeyboardEvent): boolean {
    const last = this.strokes.at(-1)
    if (!last || this.strokes.length < shortest || fieldKeeps(e.target)) return false
    if (!this.stuttered) return e.timeStamp - last.at <= this.device.silence
    return e.timeStamp - last.at <= this.device.stutter && !this.strokes.every(s => harmless.has(s.char))
  }

  /** Nothing came for the time of silence. In a text field that is somebody who thinks; elsewhere it ends a scan. */
  private quiet() {
    const alone = this.strokes.length >= shortestSilent && !this.writing && !this.stuttered
    if (alone) this.scan()
    else this.strokes = []
    this.field = null
  }

  private scan() {
    const strokes = this.strokes
    if (this.field) restore(this.field)
    this.forget()
    let text = strokes.map(s => s.char).join('')
    const { prefix, suffix } = this.device
    if (prefix && text.startsWith(prefix)) text = text.slice(prefix.length)
    if (suffix && text.endsWith(suffix)) text = text.slice(0, -suffix.length)
    this.scanners.at(-1)?.({ text, composed: strokes.some(s => s.composed) })
  }

  private forget() {
    this.drop()
    clearTimeout(this.silenceTimer)
    this.strokes = []
    this.stuttered = false
    this.field = null
  }

  private drop() {
    clearTimeout(this.holdTimer)
    this.waiting = []
    this.torn = false
  }

  private run(name: string, e: KeyboardEvent) {
    if (e.key === 'Process' && inField(e.target)) return
    const plainKey =
      name.length === 1 ||
      name === 'Enter' ||
      name === 'Tab' ||
      name.startsWith('Arrow') ||
      name === 'Home' ||
      name === 'End'
    if (name === 'Escape' && inPopup(e.target)) return
    if (plainKey && (inField(e.target) || (name.length > 1 && inControl(e.target)))) return
    const whole = this.sequence(name)
    const act = this.find(whole) ?? this.find(name)
    if (!this.find(whole) && this.opens(name)) {
      this.first = name
      this.firstAt = e.timeStamp
      e.preventDefault()
      return
    }
    this.first = ''
    if (!act) return
    if (name.length > 1) e.preventDefault()
    act(e)
  }

  private sequence(name: string) {
    if (!this.first || performance.now() - this.firstAt > nextKey) this.first = ''
    return this.first ? `${this.first} ${name}` : name
  }

  /** The layers that count now, the latest first. */
  private reached(): Layer[] {
    const list = [...this.layers].reverse()
    const wall = list.findIndex(l => l.wall)
    return wall < 0 ? list : list.slice(0, wall + 1)
  }

  private layer(name: string) {
    return this.reached().find(l => l.keys[name])
  }

  private find(name: string) {
    return this.layer(name)?.keys[name]
  }

  /** Whether some sequence begins with this key. */
  private opens(name: string) {
    return this.reached().some(l => Object.keys(l.keys).some(k => k.startsWith(`${name} `)))
  }
}

/** The keyboard of this page. */
export const keyboard = new Keyboard()
