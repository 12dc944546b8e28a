export type { EventName } from './moments.ts'
export type { PixelSettings, Purpose } from './settings.ts'
export { settingsOfApp } from './settings.ts'
export { type PixelApi, startPixel } from './start-pixel.ts'
