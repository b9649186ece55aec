import { Outbox } from '../shared/outbox.ts'

/** The outbox of this handheld. */
export const box = new Outbox()
