const USER_ACTIVITY = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'touchstart', 'focus'] as const

interface ActivityOptions {
  idleMs: number
  onActive: () => void
  onIdle: () => void
}

/** Tells when the visitor stops doing anything, and when they are back. API calls are not activity. */
export function watchActivity({ idleMs, onActive, onIdle }: ActivityOptions): void {
  let lastActivity = Date.now()
  let idle = false

  const check = () => {
    const remaining = lastActivity + idleMs - Date.now()
    if (remaining > 0) {
      setTimeout(check, remaining)
    } else {
      idle = true
      onIdle()
    }
  }
  const noteActivity = () => {
    lastActivity = Date.now()
    onActive()
    if (!idle) return
    idle = false
    setTimeout(check, idleMs)
  }
  setTimeout(check, idleMs)
  for (const type of USER_ACTIVITY) {
    window.addEventListener(type, noteActivity, { capture: true, passive: true })
  }
}
