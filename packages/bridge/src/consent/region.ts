import { pageWindow } from '../globals.ts'

/** The European Economic Area, the United Kingdom and Switzerland, by ISO-3166 code. */
const COUNTRY = /^(AT|B[EG]|C[HYZ]|D[EK]|E[ES]|F[IR]|G[BR]|H[RU]|I[EST]|L[ITUV]|MT|N[LO]|P[LT]|RO|S[EIK])$/

/** Time zones outside of it, by their first part, */
const ELSEWHERE = /^(Africa|America|Antarctica|Asia|Australia|Indian|Pacific)\//
/** but for these. */
const INSIDE =
  /\/(Cayenne|Ceuta|Famagusta|Guadeloupe|Marigot|Martinique|Mayotte|Nicosia|Reunion|St_Barthelemy)$/

/**
 * Whether the visitor may be where nothing may be stored before they have agreed: by the country that Shopify says the
 * page is for, and by the browser's time zone. Where neither is known, they may.
 */
export const mayNeedConsent = (): boolean => {
  const { country } = (pageWindow()?.Shopify ?? {}) as { country?: unknown }
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return COUNTRY.test(String(country)) || !ELSEWHERE.test(timeZone) || INSIDE.test(timeZone)
}
