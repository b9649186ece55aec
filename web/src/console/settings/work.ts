// The tabs of where and with what people work, in one file.
export { Carriers } from './Carriers.tsx'
export { Printers } from './Printers.tsx'
export { Warehouses } from './Warehouses.tsx'
