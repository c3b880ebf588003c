import { CallProblem } from '@ddp/contracts/call';

/** Whether another service could not be reached, was too busy, or did not answer in time. */
export function isPeerAway(error: unknown): boolean {
  if (error instanceof CallProblem) return [502, 503, 504].includes(error.document.status);
  if (!(error instanceof Error)) return false;
  // What fetch says of a connection that could not be made, and of one that ended in the answer.
  return error.name === 'TimeoutError' || /^(fetch failed|terminated)$/.test(error.message);
}
