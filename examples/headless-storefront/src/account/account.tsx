import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { type Customer, signedIn, signIn, signOut } from '../../../storefront/src/customers.ts'
import type { StoreBridge } from '../retention/bridge.ts'
import { useRetention } from '../retention/retention.tsx'

interface AccountApi {
  customer: Customer | null
  /** False: no such customer. */
  logIn(email: string, password: string): boolean
  logOut(): void
}

const Context = createContext<AccountApi | null>(null)

/** Who is logged in, and both tools know it. */
export function AccountProvider({ children }: { children: ReactNode }) {
  const bridge = useRetention()
  const [customer, setCustomer] = useState<Customer | null>(null)
  useEffect(() => setCustomer(signedIn()), [])
  useEffect(() => {
    if (!customer) return
    const identify = () => identifyCustomer(bridge, customer, 'account')
    identify()
    // Without consent, nobody was told.
    return bridge.on('consent', identify)
  }, [bridge, customer])
  const account = useMemo(
    () => ({
      customer,
      logIn(email: string, password: string) {
        const found = signIn(email, password)
        if (found) identifyCustomer(bridge, found, 'login')
        setCustomer(found)
        return found !== null
      },
      logOut() {
        signOut()
        bridge.logout()
        setCustomer(null)
      },
    }),
    [bridge, customer],
  )
  return <Context value={account}>{children}</Context>
}

export function useAccount(): AccountApi {
  const account = useContext(Context)
  if (!account) throw new Error('useAccount needs an <AccountProvider> around it')
  return account
}

/** Repeated by each page and by StrictMode; only what is new is sent. */
function identifyCustomer(bridge: StoreBridge, customer: Customer, via: 'login' | 'account'): void {
  const { id, email, firstName, vipTier } = customer
  bridge.identify(id, { traits: { email, first_name: firstName }, flags: { vip_tier: vipTier }, via })
}
