// The company's clock: the server's, which in a demo is not the wall's. Ages and time left are reckoned from it.

let offset = 0
let zone: string | undefined

/** The moment the company works by, in milliseconds. */
export const now = () => Date.now() + offset

/** Sets the clock to what the server says. */
export function setClock(moment: string) {
  const at = Date.parse(moment)
  if (!Number.isNaN(at)) offset = at - Date.now()
}

/** Something happened at this moment: the clock is not behind it. */
export function observed(moment: string) {
  const at = Date.parse(moment)
  if (at > now()) offset = at - Date.now()
}

/** The zone times are shown in: the warehouse's that is looked at, else the viewer's. */
export const zoneOf = () => zone
export const setZone = (name: string | undefined) => {
  zone = name
}
