import type { StoreBridge } from './bridge.ts'

let isAsked = false

/** Loads both vendors' snippets once there is consent. Returns what stops waiting for it. */
export function loadVendors(bridge: StoreBridge): () => void {
  const load = () => {
    if (isAsked || bridge.status().consent !== 'granted') return
    isAsked = true
    const script = document.createElement('script')
    script.src = '/vendors.js'
    document.head.append(script)
  }
  load()
  return bridge.on('consent', load)
}
