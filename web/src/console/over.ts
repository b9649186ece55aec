// What opens over any screen, in one file: it comes when the page has nothing else to do.
export { default as KeysHelp } from './KeysHelp.tsx'
export { default as Palette } from './Palette.tsx'
export { default as PasswordDialog } from './PasswordDialog.tsx'
