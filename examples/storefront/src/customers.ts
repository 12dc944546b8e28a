import { stored } from './stored.ts'

export interface Customer {
  id: string
  email: string
  /** A demo: nothing here is a secret, and the login page shows it. */
  password: string
  firstName: string
  lastName: string
  vipTier: 'none' | 'silver' | 'gold'
  purchaseCount: number
  /** Mean order value. */
  aov: number
  lastOrderDate: string | null
}

export const DEMO_CUSTOMERS: readonly Customer[] = [
  {
    id: 'cust_1042',
    email: 'ada@example.com',
    password: 'kiln-ada',
    firstName: 'Ada',
    lastName: 'Marsh',
    vipTier: 'gold',
    purchaseCount: 12,
    aov: 84.5,
    lastOrderDate: '2026-01-18T16:20:00.000Z',
  },
  {
    id: 'cust_2210',
    email: 'ben@example.com',
    password: 'kiln-ben',
    firstName: 'Ben',
    lastName: 'Okafor',
    vipTier: 'silver',
    purchaseCount: 5,
    aov: 61.2,
    lastOrderDate: '2025-11-30T09:05:00.000Z',
  },
  {
    id: 'cust_3077',
    email: 'chloe@example.com',
    password: 'kiln-chloe',
    firstName: 'Chloé',
    lastName: 'Durand',
    vipTier: 'none',
    purchaseCount: 1,
    aov: 38,
    lastOrderDate: '2025-08-02T12:40:00.000Z',
  },
  {
    id: 'cust_4519',
    email: 'dana@example.com',
    password: 'kiln-dana',
    firstName: 'Dana',
    lastName: 'Ito',
    vipTier: 'none',
    purchaseCount: 0,
    aov: 0,
    lastOrderDate: null,
  },
]

// What a shop's own database would hold: new customers, and what demo customers have done since.
const changed = stored<Record<string, Customer>>('customers', {})
const signedInId = stored<string | null>('signed-in', null)

export const SIGNED_IN_KEY = signedInId.key

export function signedIn(): Customer | null {
  const id = signedInId.get()
  return allCustomers().find(customer => customer.id === id) ?? null
}

export function signIn(email: string, password: string): Customer | null {
  const wanted = email.trim().toLowerCase()
  const customer = allCustomers().find(known => known.email === wanted && known.password === password)
  if (customer) signedInId.set(customer.id)
  return customer ?? null
}

export function emailTaken(email: string): boolean {
  return allCustomers().some(customer => customer.email === email.trim().toLowerCase())
}

export function register(details: Pick<Customer, 'email' | 'password' | 'firstName' | 'lastName'>): Customer {
  const id = `cust_${5000 + Math.floor(Math.random() * 90_000)}`
  const email = details.email.trim().toLowerCase()
  const customer: Customer = {
    ...details,
    id,
    email,
    vipTier: 'none',
    purchaseCount: 0,
    aov: 0,
    lastOrderDate: null,
  }
  save(customer)
  signedInId.set(id)
  return customer
}

export function signOut(): void {
  signedInId.set(null)
}

/** The customer after one more order. */
export function recordOrder(customer: Customer, value: number, at: Date): Customer {
  const purchaseCount = customer.purchaseCount + 1
  const mean = (customer.aov * customer.purchaseCount + value) / purchaseCount
  const after = {
    ...customer,
    purchaseCount,
    aov: Math.round(mean * 100) / 100,
    lastOrderDate: at.toISOString(),
  }
  save(after)
  return after
}

function allCustomers(): Customer[] {
  const latest = changed.get()
  const demo = DEMO_CUSTOMERS.map(customer => latest[customer.id] ?? customer)
  const isDemo = (id: string) => DEMO_CUSTOMERS.some(customer => customer.id === id)
  return [...demo, ...Object.values(latest).filter(({ id }) => !isDemo(id))]
}

function save(customer: Customer): void {
  changed.set({ ...changed.get(), [customer.id]: customer })
}
