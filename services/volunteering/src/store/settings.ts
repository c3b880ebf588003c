import {
  type VolunteeringSettings,
  volunteeringSettingsSchema,
} from '@ddp/contracts/volunteering/settings';
import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

/** What a programme has set; what it has not is as the contract says. */
export async function readSettings(db: Db, programmeId: string): Promise<VolunteeringSettings> {
  const row = await db
    .selectFrom('volunteering_settings')
    .select('settings')
    .where('programme_id', '=', idToBinary(programmeId))
    .executeTakeFirst();
  return volunteeringSettingsSchema.parse(row ? JSON.parse(row.settings) : {});
}

export async function saveSettings(
  tx: Db,
  clock: ClockOffset,
  programmeId: string,
  settings: VolunteeringSettings,
): Promise<void> {
  const fields = { settings: JSON.stringify(settings), set_at: sqlNow(clock) };
  await tx
    .insertInto('volunteering_settings')
    .values({ programme_id: idToBinary(programmeId), ...fields })
    .onDuplicateKeyUpdate(fields)
    .execute();
}
