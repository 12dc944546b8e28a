/** The custom pixel as a merchant pastes it, with the settings at its top filled in for an account with the sandbox. */
export const pastedPixel = (pixel: string, { origin, workspace }: { origin: string; workspace: string }) =>
  pixel.replace("writeKey: ''", `writeKey: '${workspace}'`).replace("apiHost: ''", `apiHost: '${origin}'`)
