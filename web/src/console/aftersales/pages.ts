// The list and the page of one thing of it, in one file: whoever opens the one opens the other.
export { default as Aftersales } from './Aftersales.tsx'
export { default as Case } from './Case.tsx'
