import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Keyboard, type Scan } from './keyboard.ts'
import { charOf } from './strokes.ts'

let keys: Keyboard
let stop: () => void
let scans: Scan[]

beforeEach(() => {
  vi.useFakeTimers()
  document.body.innerHTML = '<input id="in"><input id="free" data-scan="text"><button id="go">go</button>'
  keys = new Keyboard()
  stop = keys.start(window)
  scans = []
  keys.onScan(s => scans.push(s))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

function press(key: string, init: KeyboardEventInit & { keyCode?: number } = {}, target: Element = document.body) {
  const e = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  Object.defineProperty(e, 'timeStamp', { value: performance.now() })
  if (init.keyCode) Object.defineProperty(e, 'keyCode', { value: init.keyCode })
  target.dispatchEvent(e)
  if (!e.defaultPrevented && key.length === 1 && target instanceof HTMLInputElement) {
    target.value += key
    target.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return e
}

/** Types text with so many milliseconds between two characters. */
function type(text: string, every: number, target?: Element) {
  for (const c of text) {
    press(c, {}, target)
    vi.advanceTimersByTime(every)
  }
}

describe('a scan on a list with shortcuts', () => {
  it('does nothing but scan', () => {
    const approve = vi.fn()
    const view = vi.fn()
    keys.bind({ a: approve, 2: view })
    type('a-03-12-2', 8)
    press('Enter')
    vi.advanceTimersByTime(500)
    expect(scans).toEqual([{ text: 'a-03-12-2', composed: false }])
    expect(approve).not.toHaveBeenCalled()
    expect(view).not.toHaveBeenCalled()
  })
  it('ends with silence too', () => {
    type('6901234567892', 10)
    expect(scans).toEqual([])
    vi.advanceTimersByTime(150)
    expect(scans[0]?.text).toBe('6901234567892')
  })
  it('keeps the separators of GS1, and drops prefix and suffix of the device', () => {
    keys.device.prefix = '~'
    keys.device.suffix = '#'
    type('~10AB', 5)
    press(']', { ctrlKey: true, code: 'BracketRight' })
    type('17#', 5)
    press('Tab')
    expect(scans[0]?.text).toBe('10AB\u001d17')
  })
})

describe('a key that does something', () => {
  it('acts after the moment in which a scan would have gone on', () => {
    const approve = vi.fn()
    keys.bind({ a: approve })
    press('a')
    vi.advanceTimersByTime(129)
    expect(approve).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2)
    expect(approve).toHaveBeenCalledOnce()
  })
  it('acts sooner where it only shows something else', () => {
    const view = vi.fn()
    keys.bind({ 2: view }, { shows: true })
    press('2')
    vi.advanceTimersByTime(59)
    expect(view).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2)
    expect(view).toHaveBeenCalledOnce()
  })
  it('is not lost, and keeps its turn, where somebody types fast', () => {
    const did: string[] = []
    for (const key of ['a', 'h', 'j']) keys.bind({ [key]: () => did.push(key) })
    for (const key of ['a', 'j', 'h']) {
      press(key)
      vi.advanceTimersByTime(90)
    }
    vi.advanceTimersByTime(100)
    expect(did).toEqual(['a', 'j', 'h'])
    press('a')
    vi.advanceTimersByTime(125)
    press('h')
    vi.advanceTimersByTime(200)
    expect(did).toEqual(['a', 'j', 'h', 'a', 'h'])
  })
  it('opens what somebody went down to, however quickly', () => {
    const open = vi.fn()
    const down = vi.fn()
    keys.bind({ j: down, Enter: open }, { shows: true })
    type('jjjj', 90)
    press('Enter')
    expect([down.mock.calls.length, open.mock.calls.length, scans.length]).toEqual([4, 1, 0])
  })
  it('acts at once where it only moves', () => {
    const down = vi.fn()
    keys.bind({ j: down })
    press('j')
    expect(down).toHaveBeenCalledOnce()
  })
  it('is one of a sequence', () => {
    const orders = vi.fn()
    const other = vi.fn()
    keys.bind({ 'g o': orders, o: other })
    press('g')
    vi.advanceTimersByTime(200)
    press('o')
    vi.advanceTimersByTime(150)
    type('go', 90)
    vi.advanceTimersByTime(150)
    expect(orders).toHaveBeenCalledTimes(2)
    expect(other).not.toHaveBeenCalled()
  })
  it('does nothing while somebody writes', () => {
    const approve = vi.fn()
    keys.bind({ a: approve })
    const input = document.querySelector('#in') as HTMLInputElement
    type('a', 200, input)
    expect(approve).not.toHaveBeenCalled()
    expect(input.value).toBe('a')
  })
  it('does nothing when letters are switched off', () => {
    const approve = vi.fn()
    keys.device.letters = false
    keys.bind({ a: approve })
    press('a')
    vi.advanceTimersByTime(100)
    expect(approve).not.toHaveBeenCalled()
  })
  it('belongs to whoever bound it last', () => {
    const list = vi.fn()
    const dialog = vi.fn()
    keys.bind({ Escape: list })
    const off = keys.bind({ Escape: dialog })
    press('Escape')
    off()
    press('Escape')
    expect([list.mock.calls.length, dialog.mock.calls.length]).toEqual([1, 1])
  })
  it('does nothing under a dialog', () => {
    const approve = vi.fn()
    keys.bind({ a: approve })
    const open = keys.bind({ Escape: () => {} }, { wall: true })
    press('a')
    vi.advanceTimersByTime(500)
    open()
    expect(approve).not.toHaveBeenCalled()
  })
  it('leaves Enter to the button that has the focus', () => {
    const open = vi.fn()
    keys.bind({ Enter: open })
    press('Enter', {}, document.querySelector('#go') as Element)
    expect(open).not.toHaveBeenCalled()
  })
})

describe('an input method that is on', () => {
  it('does not swallow a scan: keys are read as English', () => {
    for (const code of ['KeyA', 'Minus', 'Digit0', 'Digit3']) {
      press('Process', { code, keyCode: 229 })
      vi.advanceTimersByTime(8)
    }
    press('Enter')
    expect(scans).toEqual([{ text: 'a-03', composed: true }])
  })
  it('knows what a key types', () => {
    expect([
      charOf('KeyQ', true),
      charOf('Digit2', true),
      charOf('Numpad7', false),
      charOf('Slash', true),
      charOf('F1', false),
    ]).toEqual(['Q', '@', '7', '?', ''])
  })
})

describe('a scanner that stutters', () => {
  const acts = () => {
    const did: string[] = []
    for (const key of 'ahersmfoclnt'.split('')) keys.bind({ [key]: () => did.push(key) })
    return did
  }
  it.each([55, 80, 119])('does nothing but scan with %i ms between its keys', every => {
    const did = acts()
    type('a-03-he-12-s', every)
    press('Enter')
    vi.advanceTimersByTime(500)
    expect(did).toEqual([])
    expect(scans).toEqual([{ text: 'a-03-he-12-s', composed: false }])
  })
  it('does nothing but scan with an input method on', () => {
    const did = acts()
    for (const code of ['KeyA', 'Minus', 'KeyH', 'Digit3']) {
      press('Process', { code, keyCode: 229 })
      vi.advanceTimersByTime(90)
    }
    press('Tab')
    vi.advanceTimersByTime(500)
    expect(did).toEqual([])
    expect(scans).toEqual([{ text: 'a-h3', composed: true }])
  })
  it('does nothing where its keys come now fast, now slowly, and end with silence', () => {
    const did = acts()
    for (const [i, char] of [...'a-03-h'].entries()) {
      press(char)
      vi.advanceTimersByTime(i % 2 ? 8 : 110)
    }
    vi.advanceTimersByTime(500)
    expect(did).toEqual([])
  })
  it('does nothing where it sends no end and is short', () => {
    const did = acts()
    type('a-03', 80)
    vi.advanceTimersByTime(500)
    expect(did).toEqual([])
  })
  it('takes nothing from somebody who writes quickly', () => {
    const input = document.querySelector('#in') as HTMLInputElement
    type('hello', 90, input)
    press('Enter', {}, input)
    expect(scans).toEqual([])
    expect(input.value).toBe('hello')
  })
})

describe('a scan that begins in a text field', () => {
  it('is taken out of it again', () => {
    const input = document.querySelector('#in') as HTMLInputElement
    input.value = 'note '
    type('6901234567892', 8, input)
    const enter = press('Enter', {}, input)
    expect(scans[0]?.text).toBe('6901234567892')
    expect(input.value).toBe('note ')
    expect(enter.defaultPrevented).toBe(true)
  })
  it('stays in a field that wants it', () => {
    const input = document.querySelector('#free') as HTMLInputElement
    type('6901234567892', 8, input)
    press('Enter', {}, input)
    expect(scans).toEqual([])
    expect(input.value).toBe('6901234567892')
  })
  it('is not seen where somebody types quickly and stops', () => {
    const input = document.querySelector('#in') as HTMLInputElement
    type('hello', 40, input)
    vi.advanceTimersByTime(300)
    expect(scans).toEqual([])
    expect(input.value).toBe('hello')
  })
})
