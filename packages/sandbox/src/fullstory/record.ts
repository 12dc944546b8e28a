export { copyOf, isRecord, type UnknownRecord } from '../record.ts'
