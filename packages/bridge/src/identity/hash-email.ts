/** SHA-256 of the normalized address, in hexadecimal. Rejects where the page is not served over https. */
export const hashEmail = async (email: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(email))
  return Array.from(new Uint8Array(digest), byte => (byte + 256).toString(16).slice(1)).join('')
}
