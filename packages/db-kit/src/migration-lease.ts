import { type Kysely, type MigrationLockOptions, sql } from 'kysely';

const leaseSeconds = 120;
const pollMs = 200;
const epochSeconds = 1_735_689_600;

/**
 * Connections whose migrator holds a lease, with the second it ends at: the value that fences it.
 * The migrator also calls release when it never got one. Kept by connection, because migrators of
 * several schemas share the lock table's name.
 */
const holders = new WeakMap<object, number>();

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
    if (taken.numAffectedRows === 1n) return noteLease(db, options);
    if (Date.now() > deadline) throw new Error('another migrator holds the lease for too long');
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/**
 * Gives the migrator of a connection the whole lease again, by this or by another connection. Throws
 * where the lease ran out and another took it.
 */
export async function renewMigrationLease(
  db: object,
  options: Pick<MigrationLockOptions, 'lockTable' | 'lockRowId'>,
  connection = db as Kysely<unknown>,
): Promise<void> {
  const renewed = await sql`
    UPDATE ${sql.table(options.lockTable)} SET is_locked = ${sqlNowSeconds} + ${leaseSeconds}
    WHERE id = ${options.lockRowId} AND is_locked = ${holders.get(db) ?? -1}`.execute(connection);
  if (renewed.numAffectedRows !== 1n) throw new Error('another migrator took the lease');
  await noteLease(connection, options, db);
}

async function noteLease<DB>(
  db: Kysely<DB>,
  options: Pick<MigrationLockOptions, 'lockTable' | 'lockRowId'>,
  holder: object = db,
): Promise<void> {
  const { rows } = await sql<{ is_locked: number }>`
    SELECT is_locked FROM ${sql.table(options.lockTable)}
    WHERE id = ${options.lockRowId}`.execute(db);
  holders.set(holder, rows[0]?.is_locked ?? 0);
}

export async function releaseMigrationLease(
  // biome-ignore lint/suspicious/noExplicitAny: the signature is kysely's own.
  db: Kysely<any>,
  options: MigrationLockOptions,
): Promise<void> {
  const lease = holders.get(db);
  if (lease === undefined) return;
  holders.delete(db);
  // Where the lease ran out meanwhile, the row may be another migrator's.
  await sql`UPDATE ${sql.table(options.lockTable)} SET is_locked = 0
    WHERE id = ${options.lockRowId} AND is_locked = ${lease}`.execute(db);
}
