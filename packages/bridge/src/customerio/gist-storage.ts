/**
 * What Customer.io's in-app messages keep in this browser under a name: JSON with an expiry (published source of
 * `customerio-gist-web` 3.26). `null` when there is none or it has expired.
 */
export const readGist = (storage: Storage, name: string): unknown => {
  const { value, expiry } = JSON.parse(storage[`gist.web.${name}`] ?? '{}')
  return new Date(expiry) > new Date() ? value : null
}
