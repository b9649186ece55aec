// What a key types, whatever the input method makes of it.

/** A character that came. */
export interface Stroke {
  char: string
  at: number
  /** The input method had it: it came without a character. */
  composed: boolean
}

const separator = '\u001d' // FNC1 of GS1

/** Whether a key is the FNC1 of GS1, which scanners send with Ctrl. */
export function isSeparator(e: KeyboardEvent) {
  return e.ctrlKey && (e.key === ']' || e.code === 'BracketRight')
}

/** The character of a key, if it types one. */
export function strokeOf(e: KeyboardEvent): Stroke | null {
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
