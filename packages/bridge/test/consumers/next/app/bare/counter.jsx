'use client'

import { useEffect, useState } from 'react'

/** What a page has of Next.js and React without the library. */
export const Counter = () => {
  const [count, setCount] = useState(0)
  useEffect(() => setCount(1), [])
  return <p>{count}</p>
}
