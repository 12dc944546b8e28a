import { browserScript } from '../browser-script.ts'

/** The text of fs.js. */
export const fullstoryScript = browserScript(new URL('./double/main.ts', import.meta.url))
