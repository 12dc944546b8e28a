import { Tracker } from './tracker.ts'

const script = document.querySelector<HTMLScriptElement>('script#cio-tracker')
const globals = window as unknown as { _cio?: unknown }

// A second copy of the script leaves the first one alone.
if (script && !(globals._cio instanceof Tracker)) {
  const { siteId = '', useArrayParams, autoTrackPage } = script.dataset
  const tracker = new Tracker({
    url: `${new URL(script.src).origin}/classic/${siteId}/messages`,
    useArrayParams: useArrayParams === 'true',
  })
  const calls = Array.isArray(globals._cio) ? globals._cio : []
  globals._cio = tracker
  // Unless it is turned off, the page is tracked when the script has loaded:
  // https://docs.customer.io/integrations/sdk/web/events/
  if (autoTrackPage !== 'false') tracker.page()
  for (const call of calls) tracker.push(call)
}
