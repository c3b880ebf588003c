import type { Kysely, Transaction } from 'kysely';
import {
  classifyDatabaseError,
  type DatabaseErrorClass,
  phaseOf,
  UnknownOutcomeError,
} from './errors.ts';

/**
 * Tries by what went wrong. Whoever lost a deadlock wins the next but few, so it is tried until
 * about the deadline; a database that is away is told of after a second.
 */
const triesAfter: Partial<Record<DatabaseErrorClass, number>> = {
  'retry-transaction': 20,
  'connection-lost': 6,
  'not-ready': 6,
};

export interface TransactOptions {
  /** Tries at the most, whatever went wrong. */
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
  return withRetries(async () => {
    const following: (() => void)[] = [];
    const result = await db.transaction().execute((tx) => {
      followers.set(tx, following);
      return body(tx);
    });
    for (const follow of following) follow();
    return result;
  }, options);
}

const followers = new WeakMap<object, (() => void)[]>();

/**
 * Runs something once the transaction is known to have committed, and never when it is not. False,
 * and nothing follows, where nobody would know: the transaction is not one of `transact`.
 */
export function followCommit<DB>(tx: Transaction<DB>, follow: () => void): boolean {
  const following = followers.get(tx);
  following?.push(follow);
  return following !== undefined;
}

/**
 * Runs one statement that commits by itself, with the same retries: without the two round trips that
 * a transaction costs. It must change nothing when it is run again.
 */
export async function runStatement<DB, T>(
  db: Kysely<DB>,
  statement: (db: Kysely<DB>) => Promise<T>,
): Promise<T> {
  return withRetries(() => statement(db), { isRepeatable: true });
}

async function withRetries<T>(work: () => Promise<T>, options: TransactOptions): Promise<T> {
  const {
    attempts = Number.POSITIVE_INFINITY,
    deadlineMs = 10_000,
    isRepeatable = false,
  } = options;
  const endsAt = Date.now() + deadlineMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const sort = classifyDatabaseError(error);
      const tries = Math.min(triesAfter[sort] ?? 1, attempts);
      const isUnknown = sort === 'connection-lost' && phaseOf(error) === 'commit';
      if (isUnknown && !isRepeatable) {
        throw new UnknownOutcomeError('the outcome of a commit is unknown', { cause: error });
      }
      if (attempt >= tries || Date.now() > endsAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
    }
  }
}

/** 20–50 ms, doubled with each try up to 320–800 ms. */
function backoffMs(attempt: number): number {
  return (20 + Math.random() * 30) * 2 ** Math.min(attempt - 1, 4);
}
