import {
  type VoucherSettings,
  voucherSettingsSchema,
} from '@ddp/contracts/rewards/voucher-settings';
import { idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

/** What a programme has set; what it has not is as the contract says. */
export async function readSettings(db: Db, programmeId: string): Promise<VoucherSettings> {
  const row = await db
    .selectFrom('rewards_settings')
    .select('settings')
    .where('programme_id', '=', idToBinary(programmeId))
    .executeTakeFirst();
  return toSettings(row?.settings ?? null);
}

export function toSettings(text: string | null): VoucherSettings {
  return voucherSettingsSchema.parse(text === null ? {} : JSON.parse(text));
}

export async function saveSettings(
  tx: Db,
  clock: ClockOffset,
  programmeId: string,
  settings: VoucherSettings,
): Promise<void> {
  const fields = { settings: JSON.stringify(settings), set_at: sqlNow(clock) };
  await tx
    .insertInto('rewards_settings')
    .values({ programme_id: idToBinary(programmeId), ...fields })
    .onDuplicateKeyUpdate(fields)
    .execute();
}
