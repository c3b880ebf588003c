import { type Kysely, type RawBuilder, sql } from 'kysely';

/** The part of a clock that SQL needs: how far it stands from the machine's, in milliseconds. */
export interface ClockOffset {
  offsetMs(): number;
}

/** The database's own time whatever clock the product runs on: for leases and deliveries. */
export const machineNow: RawBuilder<Date> = sql<Date>`UTC_TIMESTAMP(3)`;

/** The database's own time, moved by the clock's offset (0 unless a simulated clock is at work). */
export function sqlNow(clock: ClockOffset): RawBuilder<Date> {
  const offsetMs = clock.offsetMs();
  if (offsetMs === 0) return sql<Date>`UTC_TIMESTAMP(3)`;
  return sql<Date>`(UTC_TIMESTAMP(3) + INTERVAL ${offsetMs * 1000} MICROSECOND)`;
}

/** The database's time: one clock for all processes, so that no node has a day of its own. */
export async function readNow<DB>(db: Kysely<DB>, clock: ClockOffset): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`SELECT ${sqlNow(clock)} AS now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('the database did not tell its time');
  return row.now;
}
