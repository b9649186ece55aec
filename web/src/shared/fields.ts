// Where a key goes: into a field, to a control, to a list that is open.

/** Whether text is written there. */
export function isField(t: EventTarget | null): t is HTMLInputElement | HTMLTextAreaElement {
  if (t instanceof HTMLTextAreaElement) return true
  return t instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(t.type)
}

/** Whether a key there belongs to who writes or chooses. */
export const inField = (t: EventTarget | null) =>
  isField(t) || t instanceof HTMLSelectElement || (t instanceof HTMLElement && t.isContentEditable)
/** Whether Enter and arrows belong to what has the focus. */
export const inControl = (t: EventTarget | null) =>
  t instanceof Element &&
  t.closest('button, a[href], [role="menu"], [role="listbox"], [role="option"], [role="tab"], summary, input') !== null
/** Whether Escape belongs to a list that is open. */
export const inPopup = (t: EventTarget | null) =>
  t instanceof Element && t.closest('[role="menu"], [role="listbox"], [role="combobox"][aria-expanded="true"]') !== null
/** Whether a field wants scans as text. */
export const fieldKeeps = (t: EventTarget | null) => isField(t) && t.dataset.scan === 'text'

/** A field and what it held. */
export interface Field {
  element: HTMLInputElement | HTMLTextAreaElement
  value: string
}

/** Puts a field back to what it held, so that whoever follows it hears of it. */
export function restore({ element, value }: Field) {
  const prototype = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value)
  element.dispatchEvent(new Event('input', { bubbles: true }))
}
