import { CallProblem } from '@ddp/contracts/call';
import { Problem } from '@ddp/contracts/problem';

/**
 * Whether an event that met this error can never be digested: a refusal, of this service or of one
 * it asked. An answer that does not fit its contract is none: the other may be of another version.
 */
export function isPermanent(error: unknown): boolean {
  if (error instanceof Problem) return !error.definition.retryable;
  if (error instanceof CallProblem) return error.document.status < 500 && !error.document.retryable;
  return false;
}
