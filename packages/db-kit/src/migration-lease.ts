import { type Kysely, type MigrationLockOptions, sql } from 'kysely';

const leaseSeconds = 120;
const pollMs = 200;
const epochSeconds = 1_735_689_600;

/**
 * Connections whose migrator holds a lease; it also calls release when it never got one. Kept by
 * connection, because migrators of several schemas share the lock table's name.
 */
const holders = new WeakSet<object>();

const sqlNowSeconds = sql<number>`(UNIX_TIMESTAMP() - ${epochSeconds})`;

/**
 * Takes the migrator's own lock row as a lease. The row's `is_locked` holds the second at which the
 * lease ends (counted from 2025-01-01), so that a migrator that was killed blocks nobody for long.
 * GET_LOCK is not used: Galera does not support it.
 */
export async function acquireMigrationLease(
  // biome-ignore lint/suspicious/noExplicitAny: the signature is kysely's own.
  db: Kysely<any>,
  options: MigrationLockOptions,
): Promise<void> {
  const deadline = Date.now() + 10 * 60_000;
  for (;;) {
    const taken = await sql`
      UPDATE ${sql.table(options.lockTable)} SET is_locked = ${sqlNowSeconds} + ${leaseSeconds}
      WHERE id = ${options.lockRowId} AND is_locked < ${sqlNowSeconds}`.execute(db);
    if (taken.numAffectedRows === 1n) {
      holders.add(db);
      return;
    }
    if (Date.now() > deadline) throw new Error('another migrator holds the lease for too long');
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

export async function releaseMigrationLease(
  // biome-ignore lint/suspicious/noExplicitAny: the signature is kysely's own.
  db: Kysely<any>,
  options: MigrationLockOptions,
): Promise<void> {
  if (!holders.delete(db)) return;
  await sql`UPDATE ${sql.table(options.lockTable)} SET is_locked = 0
    WHERE id = ${options.lockRowId}`.execute(db);
}
