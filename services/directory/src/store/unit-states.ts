import type { unitStateSchema } from '@ddp/contracts/directory/units';
import { idToBinary, newId } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type * as z from 'zod';
import type { DirectoryDatabase } from '../database.ts';

type Db = Kysely<DirectoryDatabase>;
type UnitState = z.output<typeof unitStateSchema>;

/** As many as a page of history needs; a station opens and closes a few times in its life. */
const mostStates = 100;

/** Sets the state of a unit and keeps when and why. */
export async function changeUnitState(
  tx: Db,
  clock: ClockOffset,
  unitId: string,
  { state, onDate, reason }: Omit<UnitState, 'recordedAt'>,
): Promise<void> {
  await tx
    .updateTable('directory_unit')
    .set({ state })
    .where('id', '=', idToBinary(unitId))
    .execute();
  await tx
    .insertInto('directory_unit_state')
    .values({
      id: idToBinary(newId()),
      unit_id: idToBinary(unitId),
      state,
      on_date: onDate,
      reason,
      recorded_at: sqlNow(clock),
    })
    .execute();
}

/** The states a unit came into, newest first. */
export async function listUnitStates(db: Db, unitId: string): Promise<UnitState[]> {
  const rows = await db
    .selectFrom('directory_unit_state')
    .select(['state', 'on_date', 'reason', 'recorded_at'])
    .where('unit_id', '=', idToBinary(unitId))
    .orderBy('id', 'desc')
    .limit(mostStates)
    .execute();
  return rows.map((row) => ({
    state: row.state as UnitState['state'],
    onDate: row.on_date,
    reason: row.reason,
    recordedAt: row.recorded_at.toISOString(),
  }));
}
