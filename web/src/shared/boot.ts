import { type Language, use } from './words.ts'

const key = 'packhorse.language'

/** The language a person chose, else what the browser speaks. */
export function chosen(): Language {
  const kept = localStorage.getItem(key)
  if (kept === 'en' || kept === 'zh-CN') return kept
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

/** Another language. The page begins anew: what is on it is in its address, and the server says its sentences again. */
export function speak(language: Language) {
  localStorage.setItem(key, language)
  location.reload()
}

/** Loads the catalogue before anything is drawn. */
export async function boot(load: (language: Language) => Promise<{ default: Record<string, string> }>) {
  const language = chosen()
  use(language, (await load(language)).default)
  document.documentElement.lang = language
}
