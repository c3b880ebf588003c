import type { AwardState } from '@ddp/contracts/points/awards';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { DayMinutes } from '../domain/volunteered-days.ts';

type Db = Kysely<PointsDatabase>;

export interface ServedHours {
  hoursId: string;
  programmeId: string;
  participationId: string | null;
  version: number;
  minutes: number;
  targetPoints: number;
  awardedOn: string;
  reversingAwardId: string | null;
}

interface Row {
  hours_id: Buffer;
  programme_id: Buffer;
  participation_id: Buffer | null;
  version: number;
  minutes: number;
  target_points: number;
  awarded_on: string;
  reversing_award_id: Buffer | null;
}

function toHours(row: Row): ServedHours {
  return {
    hoursId: binaryToId(row.hours_id),
    programmeId: binaryToId(row.programme_id),
    participationId: binaryToIdOrNull(row.participation_id),
    version: row.version,
    minutes: row.minutes,
    targetPoints: row.target_points,
    awardedOn: row.awarded_on,
    reversingAwardId: binaryToIdOrNull(row.reversing_award_id),
  };
}

export async function findHours(tx: Db, hoursId: string): Promise<ServedHours | null> {
  const row = await tx
    .selectFrom('points_volunteering')
    .selectAll()
    .where('hours_id', '=', idToBinary(hoursId))
    .forUpdate()
    .executeTakeFirst();
  return row ? toHours(row) : null;
}

/** The hours that an award is to go for, or null. */
export async function findReversing(tx: Db, awardId: string): Promise<ServedHours | null> {
  const row = await tx
    .selectFrom('points_volunteering')
    .selectAll()
    .where('reversing_award_id', '=', idToBinary(awardId))
    .forUpdate()
    .executeTakeFirst();
  return row ? toHours(row) : null;
}

export async function saveHours(tx: Db, one: Omit<ServedHours, 'reversingAwardId'>): Promise<void> {
  const fields = {
    version: one.version,
    minutes: one.minutes,
    target_points: one.targetPoints,
    awarded_on: one.awardedOn,
  };
  await tx
    .insertInto('points_volunteering')
    .values({
      hours_id: idToBinary(one.hoursId),
      programme_id: idToBinary(one.programmeId),
      participation_id: one.participationId === null ? null : idToBinary(one.participationId),
      ...fields,
      reversing_award_id: null,
    })
    .onDuplicateKeyUpdate(fields)
    .execute();
}

export async function setReversing(tx: Db, hoursId: string, awardId: string | null): Promise<void> {
  await tx
    .updateTable('points_volunteering')
    .set({ reversing_award_id: awardId === null ? null : idToBinary(awardId) })
    .where('hours_id', '=', idToBinary(hoursId))
    .execute();
}

/** Minutes that other hours of a locked participation have on some days. */
export async function readUsedDays(
  tx: Db,
  participationId: string,
  hoursId: string,
  days: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('points_volunteering_day')
    .select(({ fn }) => ['on_day', fn.sum<number>('minutes').as('minutes')])
    .where('participation_id', '=', idToBinary(participationId))
    .where('on_day', 'in', days)
    .where('hours_id', '<>', idToBinary(hoursId))
    .groupBy('on_day')
    .execute();
  return new Map(rows.map((row) => [row.on_day, Number(row.minutes)]));
}

export async function replaceDays(
  tx: Db,
  { participationId, hoursId }: { participationId: string; hoursId: string },
  days: readonly DayMinutes[],
): Promise<void> {
  const hours = idToBinary(hoursId);
  await tx.deleteFrom('points_volunteering_day').where('hours_id', '=', hours).execute();
  const rows = days.map(({ on, minutes }) => ({
    hours_id: hours,
    on_day: on,
    participation_id: idToBinary(participationId),
    minutes,
  }));
  await tx.insertInto('points_volunteering_day').values(rows).execute();
}

export async function insertHoursAward(
  tx: Db,
  one: { awardId: string; hoursId: string },
): Promise<void> {
  await tx
    .insertInto('points_volunteering_award')
    .values({ award_id: idToBinary(one.awardId), hours_id: idToBinary(one.hoursId) })
    .execute();
}

/** What the hours of an award earn in all, or null where it is of something else. */
export async function findTargetOf(tx: Db, awardId: string): Promise<number | null> {
  const row = await tx
    .selectFrom('points_volunteering_award as own')
    .innerJoin('points_volunteering as hours', 'hours.hours_id', 'own.hours_id')
    .select('hours.target_points')
    .where('own.award_id', '=', idToBinary(awardId))
    .executeTakeFirst();
  return row?.target_points ?? null;
}

/** Hours earn nothing by an award any more: what they are is counted anew. */
export async function deleteHoursAward(tx: Db, awardId: string): Promise<void> {
  await tx
    .deleteFrom('points_volunteering_award')
    .where('award_id', '=', idToBinary(awardId))
    .execute();
}

export interface HoursAward {
  id: string;
  amountPoints: number;
  state: AwardState;
  /** Whether it has been through a reversal, which an award is once. */
  wasNoticed: boolean;
}

/** What hours have earned, the largest award first. */
export async function listHoursAwards(tx: Db, hoursId: string): Promise<HoursAward[]> {
  const rows = await tx
    .selectFrom('points_volunteering_award as own')
    .innerJoin('points_award as award', 'award.id', 'own.award_id')
    .leftJoin('points_reversal as reversal', 'reversal.award_id', 'award.id')
    .select(['award.id', 'award.amount', 'award.state', 'reversal.id as reversal_id'])
    .where('own.hours_id', '=', idToBinary(hoursId))
    .orderBy('award.amount', 'desc')
    .orderBy('award.id')
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    amountPoints: row.amount,
    state: row.state as AwardState,
    wasNoticed: row.reversal_id !== null,
  }));
}

/** Cuts what leads from an erased person's participation to what they did. */
export async function dropHours(tx: Db, participationId: string): Promise<void> {
  const participation = idToBinary(participationId);
  const ofThem = tx
    .selectFrom('points_volunteering')
    .select('hours_id')
    .where('participation_id', '=', participation);
  await tx.deleteFrom('points_volunteering_award').where('hours_id', 'in', ofThem).execute();
  await tx
    .deleteFrom('points_volunteering_day')
    .where('participation_id', '=', participation)
    .execute();
  await tx
    .deleteFrom('points_volunteering')
    .where('participation_id', '=', participation)
    .execute();
}
