'use client'

import { useEffect, useState } from 'react'
import { logIn, openShop } from '../../shop.js'

// While the server renders, too: there it has to do nothing, without a page.
const bridge = openShop()

export const Visitor = () => {
  const [{ identity }, setStatus] = useState(bridge.status)
  useEffect(() => {
    const stop = bridge.on('identity', () => setStatus(bridge.status()))
    logIn(bridge)
    return stop
  }, [])
  return <p>The visitor is {identity.state}</p>
}
