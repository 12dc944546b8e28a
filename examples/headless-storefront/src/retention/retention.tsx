import { createContext, type ReactNode, type RefObject, useContext, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { type StoreBridge, storeBridge } from './bridge.ts'
import { loadVendors } from './vendors.ts'

interface Retention {
  bridge: StoreBridge
  /** The path of the page that both tools know of. */
  seen: RefObject<string>
}

const Context = createContext<Retention | null>(null)

/** Has the bridge. It is the page's and outlives the provider: unmounting ends nothing. */
export function RetentionProvider({ children }: { children: ReactNode }) {
  const [bridge] = useState(storeBridge)
  const seen = useRef(useLocation().pathname)
  useEffect(() => loadVendors(bridge), [bridge])
  return <Context value={{ bridge, seen }}>{children}</Context>
}

/** The page's bridge. Throws outside of {@link RetentionProvider}. */
export function useRetention(): StoreBridge {
  return useContextOf().bridge
}

/**
 * The route that renders this is a page of that name. The first page is not told: the vendors' snippets do that
 * themselves when they are loaded, and until there is consent for them, no page is.
 */
export function usePageView(name: string, properties?: Record<string, unknown>): void {
  const { bridge, seen } = useContextOf()
  const { pathname } = useLocation()
  useEffect(() => {
    // React repeats effects, and so do properties that are made anew: the page is told then.
    if (seen.current === pathname) return
    seen.current = pathname
    if (bridge.status().consent === 'granted') bridge.page({ name, properties })
  }, [bridge, seen, pathname, name, properties])
}

function useContextOf(): Retention {
  const retention = useContext(Context)
  if (!retention) throw new Error('useRetention needs a <RetentionProvider> around it')
  return retention
}
