// The list and the page of one thing of it, in one file: whoever opens the one opens the other.
export { default as RulePage } from './RulePage.tsx'
export { default as Rules } from './Rules.tsx'
