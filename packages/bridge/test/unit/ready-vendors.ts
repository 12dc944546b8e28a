/** Two SDKs that are ready at once and keep the events and flags they are given; Customer.io's knows `id`. */
export const vendors = (id: unknown = null) => {
  const received = {
    customerio: [] as string[],
    fullstory: [] as string[],
    flags: {} as Record<string, unknown>,
  }
  const customerio = {
    user: () => ({ id: () => id, anonymousId: () => 'anonymous', traits: () => ({}) }),
    identify: async (given: unknown) => {
      if (typeof given === 'string') id = given
    },
    track: (name: string) => Promise.resolve(received.customerio.push(name)),
    reset: () => {
      id = null
    },
    setAnonymousId: () => {},
    on: () => {},
    ready: (callback: () => void) => Promise.resolve(callback()),
  }
  const fullstory = (operation: string, options?: unknown) => {
    const { type, callback, name, properties } = (options ?? {}) as Record<string, unknown>
    if (operation === 'observe' && type === 'start') (callback as () => void)()
    if (operation === 'trackEvent') received.fullstory.push(name as string)
    if (operation === 'setProperties') Object.assign(received.flags, properties)
    return operation.endsWith('Async') ? Promise.resolve('') : undefined
  }
  return { received, customerio, fullstory }
}
