// The small tasks, in one file: all tasks are loaded when the shift begins.
export { default as Conflicts } from './Conflicts.tsx'
export { default as Count } from './floor/Count.tsx'
export { default as Move } from './floor/Move.tsx'
export { default as Receive } from './floor/Receive.tsx'
export { default as LookUp } from './look-up/LookUp.tsx'
