export const mostTextTries = 5;

/** Seconds until a text message that was not taken is tried again: 30, 120, 480, … */
export function retryAfterSeconds(tries: number): number {
  return 30 * 4 ** (tries - 1);
}
