import { keyboard } from '../shared/keyboard.ts'
import { keptStore } from '../shared/store.ts'

/** Whether single letters do something, as the person who sits here chose. */
export const letters = keptStore('packhorse.letters', true)

const obey = () => {
  keyboard.device.letters = letters.get()
}
letters.follow(obey)
obey()
