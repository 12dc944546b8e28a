/** One number for what is in these fields: enough to see that it is the same, too little to say what it is. */
export const digest = (fields: Iterable<Element>): number => {
  let sum = 0
  for (const { value, checked } of fields as Iterable<HTMLInputElement>)
    for (const character of `${value}${checked}`) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) | 0
  return sum
}
