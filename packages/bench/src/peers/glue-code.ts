// What a competent developer writes in an afternoon, with both vendors' guides open: no library, the vendors' own
// snippets, the same id for both, nothing sent twice that has not changed, and no exception for the shop.
type Values = Record<string, unknown>
declare const FS: (operation: string, options: object) => void
declare const cioanalytics: {
  [method in 'identify' | 'track' | 'page' | 'reset']: (...values: unknown[]) => void
}

const safely = (run: () => void) => {
  try {
    run()
  } catch (error) {
    console.warn('analytics', error)
  }
}

const changed = (key: string, value: Values): boolean => {
  const text = JSON.stringify(value)
  if (sessionStorage.getItem(key) === text) return false
  sessionStorage.setItem(key, text)
  return true
}

export const identify = (id: string, traits: Values) => {
  // FullStory wants it on every page, Customer.io only when something is new.
  safely(() => FS('setIdentity', { uid: id, properties: traits }))
  safely(() => changed('glue_user', { id, ...traits }) && cioanalytics.identify(id, traits))
}

export const setFlags = (flags: Values) =>
  safely(() => changed('glue_flags', flags) && FS('setProperties', { type: 'user', properties: flags }))

export const track = (name: string, properties: Values) => {
  safely(() => FS('trackEvent', { name, properties }))
  safely(() => cioanalytics.track(name, properties))
}

export const page = (name: string) => {
  safely(() => FS('setProperties', { type: 'page', properties: { pageName: name } }))
  safely(() => cioanalytics.page(name))
}

export const logout = () => {
  sessionStorage.removeItem('glue_user')
  sessionStorage.removeItem('glue_flags')
  safely(() => FS('setIdentity', { anonymous: true }))
  safely(() => cioanalytics.reset())
}
