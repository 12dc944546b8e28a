/** Says on the way what has been measured; the results are what is printed on the other stream. */
export const told = <Value>(what: string, value: Value): Value => {
  console.error(`${Math.round(process.uptime())} s: ${what}`)
  return value
}
