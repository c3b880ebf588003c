import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { IdentityDatabase } from '../database.ts';

const batchSize = 1_000;

/** Removes a bounded number of rows that are of no more use; returns whether more may be left. */
export async function purgeExpired(
  db: Kysely<IdentityDatabase>,
  clock: ClockOffset,
): Promise<boolean> {
  const now = sqlNow(clock);
  const codes = await db
    .deleteFrom('identity_code_request')
    .where('expires_at', '<', sql<Date>`(${now} - INTERVAL 1 DAY)`)
    .limit(batchSize)
    .executeTakeFirst();
  const counters = await db
    .deleteFrom('identity_counter')
    .where('window_ends_at', '<', now)
    .limit(batchSize)
    .executeTakeFirst();
  const sessions = await db
    .deleteFrom('identity_session')
    .where('expires_at', '<', sql<Date>`(${now} - INTERVAL 30 DAY)`)
    .limit(batchSize)
    .executeTakeFirst();
  const kiosks = await db
    .deleteFrom('identity_kiosk')
    .where('expires_at', '<', sql<Date>`(${now} - INTERVAL 1 YEAR)`)
    .limit(batchSize)
    .executeTakeFirst();
  return [codes, counters, sessions, kiosks].some(
    (result) => result.numDeletedRows === BigInt(batchSize),
  );
}
