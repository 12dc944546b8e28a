export { isRecord, type UnknownRecord } from '../record.ts'
