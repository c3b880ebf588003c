import { type Settings, settingsSchema } from '@ddp/contracts/points/settings';
import { binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';

type Db = Kysely<PointsDatabase>;

export interface SettingsVersion {
  /** 0 where the programme has set nothing. */
  version: number;
  fromOn: string;
  settings: Settings;
  setBy: string | null;
  setAt: Date | null;
}

/** What the product has for a programme that has set nothing. */
const unset = { version: 0, fromOn: '2020-01-01', setBy: null, setAt: null };

/** What a programme has set for a day; what it has not set has the product's default. */
export async function readSettings(db: Db, programmeId: string, on: string): Promise<Settings> {
  return (await readSettingsVersion(db, programmeId, on)).settings;
}

export async function readSettingsVersion(
  db: Db,
  programmeId: string,
  on: string,
): Promise<SettingsVersion> {
  const row = await select(db, programmeId)
    .where('from_on', '<=', on)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toVersion(row) : { ...unset, settings: settingsSchema.parse({}) };
}

/** Versions, the newest first, one more than the limit. */
export async function listSettingsVersions(
  db: Db,
  programmeId: string,
  before: number | null,
  limit: number,
): Promise<SettingsVersion[]> {
  let query = select(db, programmeId);
  if (before !== null) query = query.where('version', '<', before);
  const rows = await query
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toVersion);
}

/** Adds the next version; a later version of an earlier day replaces those that were to come. */
export async function insertSettings(
  tx: Db,
  clock: ClockOffset,
  next: { programmeId: string; fromOn: string; settings: Settings; setBy: string },
): Promise<number> {
  const [latest] = await listSettingsVersions(tx, next.programmeId, null, 1);
  const version = (latest?.version ?? 0) + 1;
  await tx
    .insertInto('points_settings')
    .values({
      programme_id: idToBinary(next.programmeId),
      version,
      from_on: next.fromOn,
      settings: JSON.stringify(next.settings),
      set_by: idToBinary(next.setBy),
      set_at: sqlNow(clock),
    })
    .execute();
  return version;
}

function select(db: Db, programmeId: string) {
  return db
    .selectFrom('points_settings')
    .select(['version', 'from_on', 'settings', 'set_by', 'set_at'])
    .where('programme_id', '=', idToBinary(programmeId));
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toVersion(row: Row): SettingsVersion {
  return {
    version: row.version,
    fromOn: row.from_on,
    settings: settingsSchema.parse(JSON.parse(row.settings)),
    setBy: binaryToIdOrNull(row.set_by),
    setAt: row.set_at,
  };
}
