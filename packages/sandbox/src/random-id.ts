// Not crypto.randomUUID: a page may be served over plain http from a host that is not loopback.
export function randomId(): string {
  const words = crypto.getRandomValues(new Uint32Array(2))
  return [...words].map(word => word.toString(16).padStart(8, '0')).join('')
}
