import { isDuplicate } from '@ddp/db-kit/errors';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { IdentityDatabase } from '../database.ts';
import type { Limit } from '../domain/limits.ts';

type Db = Kysely<IdentityDatabase>;
type Key = Pick<Limit, 'name' | 'subject'>;

/**
 * Takes one of the places that a limit leaves; a window begins with its first place. Returns null,
 * or the seconds until the window ends when none is left. Each step is one conditional write, so
 * that parallel requests cannot share a place.
 */
export async function takePlace(tx: Db, clock: ClockOffset, limit: Limit): Promise<number | null> {
  if (await takeInWindow(tx, clock, limit)) return null;
  if (await beginWindowAgain(tx, clock, limit)) return null;
  if (await beginFirstWindow(tx, clock, limit)) return null;
  if (await takeInWindow(tx, clock, limit)) return null;
  return readWaitSeconds(tx, clock, limit);
}

export async function clearCounter(tx: Db, { name, subject }: Key): Promise<void> {
  await tx
    .deleteFrom('identity_counter')
    .where('name', '=', name)
    .where('subject', '=', subject)
    .execute();
}

async function takeInWindow(tx: Db, clock: ClockOffset, limit: Limit): Promise<boolean> {
  const result = await tx
    .updateTable('identity_counter')
    .set((eb) => ({ used: eb('used', '+', 1) }))
    .where('name', '=', limit.name)
    .where('subject', '=', limit.subject)
    .where('window_ends_at', '>', sqlNow(clock))
    .where('used', '<', limit.max)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

async function beginWindowAgain(tx: Db, clock: ClockOffset, limit: Limit): Promise<boolean> {
  const result = await tx
    .updateTable('identity_counter')
    .set({ used: 1, window_ends_at: windowEnd(clock, limit) })
    .where('name', '=', limit.name)
    .where('subject', '=', limit.subject)
    .where('window_ends_at', '<=', sqlNow(clock))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

async function beginFirstWindow(tx: Db, clock: ClockOffset, limit: Limit): Promise<boolean> {
  try {
    await tx
      .insertInto('identity_counter')
      .values({
        name: limit.name,
        subject: limit.subject,
        used: 1,
        window_ends_at: windowEnd(clock, limit),
      })
      .execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

function windowEnd(clock: ClockOffset, { windowSeconds }: Limit) {
  return sql<Date>`(${sqlNow(clock)} + INTERVAL ${windowSeconds} SECOND)`;
}

async function readWaitSeconds(tx: Db, clock: ClockOffset, limit: Limit): Promise<number> {
  const row = await tx
    .selectFrom('identity_counter')
    .select(sql<number>`TIMESTAMPDIFF(SECOND, ${sqlNow(clock)}, window_ends_at)`.as('seconds'))
    .where('name', '=', limit.name)
    .where('subject', '=', limit.subject)
    .executeTakeFirst();
  return Math.max(1, Number(row?.seconds ?? 0) + 1);
}
