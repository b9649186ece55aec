// The one owner of the keyboard. A scanner is a keyboard that types very fast: every key is seen here first, and a key that
// would do something waits for a moment, to be told apart from the first character of a scan.

/** What a key or a sequence ("g o", "mod+k", "?") does. */
export type Bindings = Record<string, (e: KeyboardEvent) => void>

/** How the scanner of this device behaves. Times in milliseconds. */
export interface Device {
  /** Longest time between two characters of a scan. */
  gap: number
  /** A key with an effect waits so long for more. */
  hold: number
  /** Silence that ends a scan without Enter or Tab. */
  silence: number
  prefix: string
  suffix: string
  /** Single letters do something (WCAG 2.1.4). */
  letters: boolean
}

export const usual: Device = { gap: 50, hold: 60, silence: 100, prefix: '', suffix: '', letters: true }

/** Keys that only move: they act at once. */
const harmless = new Set(['j', 'k', 'J', 'K'])
const shortest = 3 // characters of a scan that ends with Enter or Tab
const shortestSilent = 5 // and of one that ends with silence
const separator = '\u001d' // FNC1 of GS1
const nextKey = 1_000 // of a sequence

interface Layer {
  keys: Bindings
  wall: boolean
}

interface Stroke {
  char: string
  at: number
  /** The input method had it: it came without a character. */
  composed: boolean
}

interface Field {
  element: HTMLInputElement | HTMLTextAreaElement
  value: string
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
  private held: (() => void) | null = null
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

  /** Binds keys; the latest who binds a key has it. With wall, what was bound before does nothing: a dialog is open. */
  bind(keys: Bindings, wall = false): () => void {
    const layer = { keys, wall }
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
    if (!last || stroke.at - last.at > this.device.gap) this.begin(e)
    this.strokes.push(stroke)
    clearTimeout(this.silenceTimer)
    this.silenceTimer = setTimeout(() => this.quiet(), this.device.silence)
    const fast = this.strokes.length > 1
    if (fast) this.drop()
    if (this.writing) return // the field has it; a scan is taken out when it is known to be one
    if (fast) {
      e.preventDefault()
      return
    }
    this.hold(e, stroke.char)
  }

  /** The first character of what may become a scan. */
  private begin(e: KeyboardEvent) {
    this.forget()
    const element = e.target
    this.writing = inField(element)
    if (isField(element) && element.dataset.scan !== 'text') this.field = { element, value: element.value }
  }

  /** A single key: at once where it only moves, else after a moment in which nothing followed. */
  private hold(e: KeyboardEvent, char: string) {
    if (!this.device.letters && /[a-z]/i.test(char)) return
    if (!this.find(this.sequence(char)) && !this.find(char) && !this.opens(char)) return
    e.preventDefault()
    if (harmless.has(char) && !this.first) {
      this.run(char, e)
      return
    }
    this.held = () => this.run(char, e)
    this.holdTimer = setTimeout(() => {
      const act = this.held
      this.held = null
      act?.()
    }, this.device.hold)
  }

  private terminator(e: KeyboardEvent) {
    const last = this.strokes.at(-1)
    const scanned =
      last && e.timeStamp - last.at <= this.device.silence && this.strokes.length >= shortest && !fieldKeeps(e.target)
    if (scanned) {
      e.preventDefault()
      e.stopPropagation()
      this.scan()
      return
    }
    const act = this.held
    this.forget()
    act?.()
    this.run(e.key, e)
  }

  /** Nothing came for the time of silence. In a text field that is somebody who thinks; elsewhere it ends a scan. */
  private quiet() {
    const alone = this.strokes.length >= shortestSilent && !this.writing
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
    this.field = null
  }

  private drop() {
    clearTimeout(this.holdTimer)
    this.held = null
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

  private find(name: string) {
    return this.reached().find(l => l.keys[name])?.keys[name]
  }

  /** Whether some sequence begins with this key. */
  private opens(name: string) {
    return this.reached().some(l => Object.keys(l.keys).some(k => k.startsWith(`${name} `)))
  }
}

function isSeparator(e: KeyboardEvent) {
  return e.ctrlKey && (e.key === ']' || e.code === 'BracketRight')
}

function strokeOf(e: KeyboardEvent): Stroke | null {
  const at = e.timeStamp
  if (isSeparator(e) || e.key === separator) return { char: separator, at, composed: false }
  if (e.key === 'Process' || e.keyCode === 229) {
    const char = charOf(e.code, e.shiftKey)
    return char ? { char, at, composed: true } : null
  }
  return e.key.length === 1 ? { char: e.key, at, composed: false } : null
}

const shifted: Record<string, string> = {
  Minus: '-_',
  Equal: '=+',
  BracketLeft: '[{',
  BracketRight: ']}',
  Backslash: '\\|',
  Semicolon: ';:',
  Quote: '\'"',
  Comma: ',<',
  Period: '.>',
  Slash: '/?',
  Backquote: '`~',
  Space: '  ',
}
const overDigits = ')!@#$%^&*('

/** What a key types on an English keyboard. */
export function charOf(code: string, shift: boolean): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return shift ? letter : letter.toLowerCase()
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  if (digit) return shift && code.startsWith('Digit') ? (overDigits[Number(digit)] ?? digit) : digit
  return shifted[code]?.[shift ? 1 : 0] ?? ''
}

function isField(t: EventTarget | null): t is HTMLInputElement | HTMLTextAreaElement {
  if (t instanceof HTMLTextAreaElement) return true
  return t instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(t.type)
}

const inField = (t: EventTarget | null) =>
  isField(t) || t instanceof HTMLSelectElement || (t instanceof HTMLElement && t.isContentEditable)
const inControl = (t: EventTarget | null) =>
  t instanceof Element &&
  t.closest('button, a[href], [role="menu"], [role="listbox"], [role="option"], [role="tab"], summary, input') !== null
const inPopup = (t: EventTarget | null) =>
  t instanceof Element && t.closest('[role="menu"], [role="listbox"], [role="combobox"][aria-expanded="true"]') !== null
const fieldKeeps = (t: EventTarget | null) => isField(t) && t.dataset.scan === 'text'

/** Puts a field back to what it held, so that whoever follows it hears of it. */
function restore({ element, value }: Field) {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}

/** The keyboard of this page. */
export const keyboard = new Keyboard()
