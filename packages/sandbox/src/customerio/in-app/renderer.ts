/** Stand-in for the frame in which Customer.io draws a message: it shows its name and two buttons. */
export const RENDERER_PAGE = `<!doctype html>
<meta charset="utf-8">
<title>In-app message</title>
<body style="font: 16px system-ui; margin: 0; padding: 24px; background: #fff">
<p id="name"></p>
<button id="continue">Continue</button>
<button id="close">Close</button>
<script>
  let instanceId
  const post = (method, parameters) => parent.postMessage({ gist: { instanceId, method, parameters } }, '*')
  const tap = (name, action) => post('tap', { name, action, system: false })
  addEventListener('message', ({ data }) => {
    if (!data.options) return
    instanceId = data.options.instanceId
    document.getElementById('name').textContent = data.options.messageId
    post('routeLoaded', { route: data.options.messageId })
  })
  document.getElementById('continue').onclick = () => tap('continue', 'continue')
  document.getElementById('close').onclick = () => tap('close', 'gist://close')
</script>
`
