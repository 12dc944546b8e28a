import { useEffect, useState } from 'react'
import { useRetention } from '../retention/retention.tsx'
import { choose } from './choice.ts'

/** Asks once; afterwards a button in its place takes the answer back. */
export function ConsentBanner() {
  const bridge = useRetention()
  // On the server nobody has answered: the page's own answer follows.
  const [consent, setConsent] = useState('pending')
  useEffect(() => {
    const show = () => setConsent(bridge.status().consent)
    show()
    return bridge.on('consent', show)
  }, [bridge])
  return (
    <footer className="banner">
      <p>May we measure how you use this shop?</p>
      {consent !== 'granted' && (
        <button className="button" type="button" onClick={() => choose('yes')}>
          Yes
        </button>
      )}
      {consent !== 'denied' && (
        <button className="button quiet" type="button" onClick={() => choose('no')}>
          {consent === 'granted' ? 'Not any more' : 'No'}
        </button>
      )}
    </footer>
  )
}
