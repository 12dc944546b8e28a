import { FULLSTORY_DESTINATION } from './project-settings.ts'

/**
 * Stand-in for the plugin that Customer.io loads when its FullStory destination is on. It calls FullStory
 * as the real one does, so that a page that also calls FullStory itself is seen to send everything twice.
 */
export const FULLSTORY_DESTINATION_SCRIPT = `(function () {
  function send(operation, options) {
    if (typeof window.FS === 'function') window.FS(operation, options, 'segment-browser-actions')
  }
  function plugin(action, method, perform) {
    return {
      name: 'Fullstory (Actions) ' + action,
      type: 'destination',
      version: '0.1.0',
      isLoaded: function () { return true },
      load: function () { return Promise.resolve() },
      [method]: function (context) { perform(context.event); return context },
    }
  }
  window[${JSON.stringify(FULLSTORY_DESTINATION.libraryName)}] = function () {
    return [
      plugin('Identify User V2', 'identify', function (event) {
        if (event.userId) send('setIdentity', { uid: event.userId, properties: event.traits })
        else send('setProperties', { type: 'user', properties: event.traits })
      }),
      plugin('Track Event V2', 'track', function (event) {
        send('trackEvent', { name: event.event, properties: event.properties })
      }),
      plugin('Viewed Page V2', 'page', function (event) {
        var properties = Object.assign({ pageName: event.name }, event.properties)
        send('setProperties', { type: 'page', properties: properties })
      }),
    ]
  }
})()
`
