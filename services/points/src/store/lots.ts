import { type CivilDate, parseCivilDate } from '@ddp/calendar/civil-date';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { Lot, LotChange } from '../domain/lots.ts';

type Db = Kysely<PointsDatabase>;

/** The lots of a locked participation, what expires first before the others. */
export async function listLots(db: Db, participationId: string): Promise<Lot[]> {
  return (await listLotsOf(db, [participationId])).get(participationId) ?? [];
}

/** The lots of several, by participation. */
export async function listLotsOf(
  db: Db,
  participationIds: readonly string[],
): Promise<Map<string, Lot[]>> {
  const lots = new Map(participationIds.map((id): [string, Lot[]] => [id, []]));
  if (lots.size === 0) return lots;
  const rows = await db
    .selectFrom('points_lot')
    .select(['participation_id', 'expires_on', 'free', 'held'])
    .where('participation_id', 'in', [...lots.keys()].map(idToBinary))
    .orderBy('expires_on')
    .execute();
  for (const { participation_id: id, expires_on: expiresOn, free, held } of rows) {
    lots.get(binaryToId(id))?.push({ expiresOn: parseCivilDate(expiresOn), free, held });
  }
  return lots;
}

/** A change of a lot under the line that tells why. */
export interface LotEntry extends LotChange {
  participationId: string;
  lineId: string;
}

/** Changes lots of locked participations, and says so under their lines. */
export async function changeLots(tx: Db, entries: readonly LotEntry[]): Promise<void> {
  if (entries.length === 0) return;
  for (const entry of entries) {
    const { participationId, expiresOn, freeChange, heldChange } = entry;
    await changeLot(tx, participationId, entry);
    const mayBeUsedUp = freeChange <= 0 && heldChange <= 0;
    if (mayBeUsedUp) await dropUsedUp(tx, participationId, expiresOn);
  }
  await tx
    .insertInto('points_lot_entry')
    .values(
      entries.map(({ lineId, participationId, expiresOn, freeChange, heldChange }) => ({
        line_id: idToBinary(lineId),
        expires_on: expiresOn,
        participation_id: idToBinary(participationId),
        free_change: freeChange,
        held_change: heldChange,
      })),
    )
    .execute();
}

/** Nothing is left of it: whoever looks for what has expired must not meet the lots of all years. */
async function dropUsedUp(tx: Db, participationId: string, expiresOn: CivilDate): Promise<void> {
  await tx
    .deleteFrom('points_lot')
    .where('participation_id', '=', idToBinary(participationId))
    .where('expires_on', '=', expiresOn)
    .where('free', '=', 0)
    .where('held', '=', 0)
    .execute();
}

async function changeLot(tx: Db, participationId: string, change: LotChange): Promise<void> {
  const { expiresOn, freeChange, heldChange } = change;
  const id = idToBinary(participationId);
  const changed = await tx
    .updateTable('points_lot')
    .set((eb) => ({ free: eb('free', '+', freeChange), held: eb('held', '+', heldChange) }))
    .where('participation_id', '=', id)
    .where('expires_on', '=', expiresOn)
    .where('free', '>=', -freeChange)
    .where('held', '>=', -heldChange)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 1n) return;
  // A lot that has too little is there already, so that this fails and everything is rolled back.
  await tx
    .insertInto('points_lot')
    .values({ participation_id: id, expires_on: expiresOn, free: freeChange, held: heldChange })
    .execute();
}

/** What the hold took from each lot. */
export async function listTaken(db: Db, holdId: string): Promise<LotChange[]> {
  const rows = await db
    .selectFrom('points_line as line')
    .innerJoin('points_lot_entry as entry', 'entry.line_id', 'line.id')
    .select(['entry.expires_on', 'entry.free_change', 'entry.held_change'])
    .where('line.hold_id', '=', idToBinary(holdId))
    .where('line.kind', '=', 'hold')
    .orderBy('entry.expires_on')
    .execute();
  return rows.map((row) => ({
    expiresOn: parseCivilDate(row.expires_on),
    freeChange: row.free_change,
    heldChange: row.held_change,
  }));
}

/** Participations with points that expired before a day, those of the oldest lots first. */
export async function listExpired(db: Db, today: CivilDate, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('points_lot')
    .select('participation_id')
    .where('expires_on', '<', today)
    .where('free', '>', 0)
    .orderBy('expires_on')
    .limit(limit)
    .execute();
  return [...new Set(rows.map((row) => binaryToId(row.participation_id)))];
}

/** What lines changed in lots, by line. */
export async function listEntries(
  db: Db,
  lineIds: readonly string[],
): Promise<Map<string, LotChange[]>> {
  const entries = new Map<string, LotChange[]>();
  if (lineIds.length === 0) return entries;
  const rows = await db
    .selectFrom('points_lot_entry')
    .select(['line_id', 'expires_on', 'free_change', 'held_change'])
    .where('line_id', 'in', lineIds.map(idToBinary))
    .orderBy('expires_on')
    .execute();
  for (const row of rows) {
    const lineId = binaryToId(row.line_id);
    const change = {
      expiresOn: parseCivilDate(row.expires_on),
      freeChange: row.free_change,
      heldChange: row.held_change,
    };
    entries.set(lineId, [...(entries.get(lineId) ?? []), change]);
  }
  return entries;
}
