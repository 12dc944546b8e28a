import { Link } from 'react-router'
import { usePageView } from '../retention/retention.tsx'

export function NotFound() {
  usePageView('Not found')
  return (
    <>
      <h1>Not on our shelf</h1>
      <p>
        <Link to="/">See everything we make</Link>
      </p>
    </>
  )
}
