/**
 * Sends one message after the other, each once: whether the vendor's script tries again is not documented. In order,
 * so that a test which sees its last message has all of them.
 */
export class Outbox {
  private readonly waiting: string[] = []
  private sending = false

  constructor(private readonly url: string) {
    addEventListener('pagehide', () => {
      for (const body of this.waiting.splice(0)) navigator.sendBeacon(this.url, body)
    })
  }

  post(message: object): void {
    this.waiting.push(JSON.stringify(message))
    if (!this.sending) void this.send()
  }

  private async send(): Promise<void> {
    this.sending = true
    for (let body = this.waiting.shift(); body !== undefined; body = this.waiting.shift()) {
      // As plain text it needs no preflight, and it may outlive the page.
      await fetch(this.url, { method: 'POST', body, keepalive: true }).catch(() => {})
    }
    this.sending = false
  }
}
