import { type RawBuilder, sql } from 'kysely';

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
