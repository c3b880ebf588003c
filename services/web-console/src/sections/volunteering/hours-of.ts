/** Minutes as hours, with a decimal where they are not whole. */
export const hoursOf = (minutes: number): number => Math.round(minutes / 6) / 10;
