import { keptStore, store } from './store.ts'
import { language } from './words.ts'

/** How a scan ended: right, the line or order is complete, wrong, or stop (refund asked, cancelled, held). */
export type Result = 'right' | 'done' | 'wrong' | 'stop'

/** What the screen shows of the last scan. wrong stays until the next right one; the others go by themselves. */
export interface Flash {
  result: Result
  /** The word on the screen, and for stop the word that is spoken. */
  word: string
  /** Tells two alike from each other. */
  no: number
}

/** What a person set on their device: volume 0 to 1. */
export interface Hearing {
  volume: number
  voice: boolean
  vibration: boolean
}

export const flash = store<Flash | null>(null)
export const hearing = keptStore<Hearing>('packhorse.hearing', { volume: 0.8, voice: true, vibration: true })

const shown = 350 // at least, in milliseconds
const stopShown = 2_500

/** Tones of each result: start and end in Hz, length and start in milliseconds. */
const tones: Record<Result, { from: number; to: number; ms: number; at: number; wave: OscillatorType }[]> = {
  right: [{ from: 880, to: 1320, ms: 160, at: 0, wave: 'sine' }],
  done: [
    { from: 660, to: 660, ms: 110, at: 0, wave: 'sine' },
    { from: 880, to: 880, ms: 110, at: 120, wave: 'sine' },
    { from: 1175, to: 1175, ms: 200, at: 240, wave: 'sine' },
  ],
  wrong: [{ from: 196, to: 156, ms: 500, at: 0, wave: 'square' }],
  stop: [
    { from: 740, to: 740, ms: 220, at: 0, wave: 'square' },
    { from: 520, to: 520, ms: 220, at: 240, wave: 'square' },
    { from: 740, to: 740, ms: 220, at: 480, wave: 'square' },
    { from: 520, to: 520, ms: 320, at: 720, wave: 'square' },
  ],
}

const vibrations: Record<Result, number[]> = {
  right: [40],
  done: [40, 40, 80],
  wrong: [120, 60, 120],
  stop: [300, 100, 300],
}

let audio: AudioContext | null = null
let count = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** Makes sound possible. Browsers want a tap first, so the tap that begins a shift calls it. */
export async function warm() {
  if (!('AudioContext' in globalThis)) return
  audio ??= new AudioContext()
  await audio.resume()
  sound([{ from: 20, to: 20, ms: 20, at: 0, wave: 'sine' }], 0.0001)
}

/** Tells the person how the scan ended: colour and word, tone, vibration. */
export function give(result: Result, word: string) {
  clearTimeout(timer)
  const mine: Flash = { result, word, no: ++count }
  flash.set(mine)
  if (result !== 'wrong') {
    timer = setTimeout(() => flash.set(f => (f === mine ? null : f)), result === 'stop' ? stopShown : shown)
  }
  const { volume, voice, vibration } = hearing.get()
  sound(tones[result], volume)
  if (vibration) navigator.vibrate?.(vibrations[result])
  if (result === 'stop' && voice) speak(word)
}

/** Takes the colour away. */
export const calm = () => flash.set(null)

function sound(list: (typeof tones)[Result], volume: number) {
  if (audio?.state !== 'running' || volume <= 0) return
  for (const t of list) {
    const begin = audio.currentTime + t.at / 1000
    const end = begin + t.ms / 1000
    const tone = audio.createOscillator()
    const gain = audio.createGain()
    tone.type = t.wave
    tone.frequency.setValueAtTime(t.from, begin)
    tone.frequency.linearRampToValueAtTime(t.to, end)
    gain.gain.setValueAtTime(volume * (t.wave === 'square' ? 0.35 : 0.6), begin)
    gain.gain.exponentialRampToValueAtTime(0.0001, end)
    tone.connect(gain).connect(audio.destination)
    tone.start(begin)
    tone.stop(end)
  }
}

function speak(word: string) {
  const speech = globalThis.speechSynthesis
  const tongue = language().slice(0, 2)
  if (!speech?.getVoices().some(v => v.lang.startsWith(tongue))) return
  const said = new SpeechSynthesisUtterance(word)
  said.lang = language()
  speech.speak(said)
}
