/** The steps in their order, with the most that each may take. */
export const mostDays = {
  acceptDays: 5,
  contactDays: 10,
  resolveDays: 60,
  extensionDays: 30,
  climbDays: 30,
  reRateDays: 30,
  appealDays: 90,
} as const;
export type TermName = keyof typeof mostDays;
export const termNames = Object.keys(mostDays) as readonly TermName[];

/** Nobody is given less time than this. */
export const leastDays = (name: TermName) => (name === 'appealDays' ? 15 : 1);
