import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { PointsDatabase } from '../database.ts';

/** The database's time: one clock for all processes, so that no node has a day of its own. */
export async function readNow(db: Kysely<PointsDatabase>, clock: ClockOffset): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT ${sqlNow(clock)} AS now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the database did not tell its time');
  return row.now;
}
