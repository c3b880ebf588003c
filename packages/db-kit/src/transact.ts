import type { Kysely, Transaction } from 'kysely';
import { classifyDatabaseError, phaseOf, UnknownOutcomeError } from './errors.ts';

export interface TransactOptions {
  attempts?: number;
  deadlineMs?: number;
  /**
   * Whether the body's first write is a row under a unique key that decides a repeat. Only then is
   * a COMMIT of unknown outcome tried again.
   */
  isRepeatable?: boolean;
}

/**
 * Runs the body in one READ COMMITTED transaction and retries it whole after a deadlock, a lock
 * wait, a lost connection or a node that is not ready: bounded, with jittered waits. The body must
 * have no effect outside the transaction.
 */
export async function transact<DB, T>(
  db: Kysely<DB>,
  body: (tx: Transaction<DB>) => Promise<T>,
  options: TransactOptions = {},
): Promise<T> {
  const { attempts = 6, deadlineMs = 10_000, isRepeatable = true } = options;
  const endsAt = Date.now() + deadlineMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(body);
    } catch (error) {
      const sort = classifyDatabaseError(error);
      const canRetry =
        sort === 'retry-transaction' || sort === 'connection-lost' || sort === 'not-ready';
      if (!canRetry) throw error;
      const isUnknown = sort === 'connection-lost' && phaseOf(error) === 'commit';
      if (isUnknown && !isRepeatable) {
        throw new UnknownOutcomeError('the outcome of a commit is unknown', { cause: error });
      }
      if (attempt >= attempts || Date.now() > endsAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
    }
  }
}

function backoffMs(attempt: number): number {
  return (20 + Math.random() * 30) * 2 ** (attempt - 1);
}
