// A page without any of it, which the others are compared with.
window.peer = undefined as never
