/**
 * Customer.io's events in the order of the times that are in them. Those of one millisecond, which may have overtaken
 * each other, are in the order in which their names are expected: in which they were said FullStory tells.
 */
export const inOrderOf = <Event extends { name: string; at: number }>(
  expected: readonly string[],
  events: readonly Event[] = [],
): Event[] =>
  [...events].sort((one, two) => one.at - two.at || expected.indexOf(one.name) - expected.indexOf(two.name))
