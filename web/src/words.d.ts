declare module 'words:*' {
  const catalogue: Record<string, string>
  export default catalogue
}
declare module '*.module.css' {
  const names: Record<string, string>
  export default names
}
