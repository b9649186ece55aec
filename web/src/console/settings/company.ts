// The tabs of who works and what holds for the company, in one file.
export { Audit } from './Audit.tsx'
export { Messages } from './Messages.tsx'
export { People } from './People.tsx'
export { Policies } from './Policies.tsx'
export { Returns } from './Returns.tsx'
