import { useState } from 'react'
import { DEMO_CUSTOMERS } from '../../../storefront/src/customers.ts'
import { useAccount } from '../account/account.tsx'
import { usePageView } from '../retention/retention.tsx'

export function Account() {
  const { customer, logIn, logOut } = useAccount()
  usePageView('Account')
  if (!customer) return <LogIn logIn={logIn} />
  return (
    <>
      <h1>Hello, {customer.firstName}</h1>
      <button className="button" type="button" onClick={logOut}>
        Log out
      </button>
    </>
  )
}

function LogIn({ logIn }: Pick<ReturnType<typeof useAccount>, 'logIn'>) {
  const [isRefused, setRefused] = useState(false)
  const [demo] = DEMO_CUSTOMERS
  return (
    <form
      className="form"
      action={form => setRefused(!logIn(String(form.get('email')), String(form.get('password'))))}
    >
      <h1>Sign in</h1>
      <label>
        Email
        <input name="email" type="email" required defaultValue={demo?.email} />
      </label>
      <label>
        Password
        <input name="password" type="password" required defaultValue={demo?.password} />
      </label>
      {isRefused && <p role="alert">No customer has this address and password.</p>}
      <button className="button" type="submit">
        Sign in
      </button>
    </form>
  )
}
