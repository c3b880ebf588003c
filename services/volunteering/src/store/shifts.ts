import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { containing, escapeLike } from '@ddp/db-kit/like';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

/** Stands for no skill in the places of a shift. */
const anybody = Buffer.alloc(16);

export const skillToBinary = (skillId: string | null): Buffer =>
  skillId === null ? anybody : idToBinary(skillId);
export const binaryToSkill = (skill: Buffer): string | null =>
  skill.equals(anybody) ? null : binaryToId(skill);

export interface Seat {
  skillId: string | null;
  places: number;
  taken: number;
}

export interface StoredShift {
  id: string;
  activityId: string;
  programmeId: string;
  startsAt: Date;
  endsAt: Date;
  state: 'draft' | 'open' | 'cancelled';
  placeCodeId: string | null;
  /** Whether the one who is served said so. */
  isServed: boolean;
}

interface ShiftRow {
  id: Buffer;
  activity_id: Buffer;
  programme_id: Buffer;
  starts_at: Date;
  ends_at: Date;
  state: string;
  place_code_id: Buffer | null;
  served_at: Date | null;
}

function toShift(row: ShiftRow): StoredShift {
  return {
    id: binaryToId(row.id),
    activityId: binaryToId(row.activity_id),
    programmeId: binaryToId(row.programme_id),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state as StoredShift['state'],
    placeCodeId: binaryToIdOrNull(row.place_code_id),
    isServed: row.served_at !== null,
  };
}

export async function insertShift(
  tx: Db,
  shift: Omit<StoredShift, 'state' | 'isServed'>,
  seats: readonly Omit<Seat, 'taken'>[],
): Promise<void> {
  await tx
    .insertInto('volunteering_shift')
    .values({
      id: idToBinary(shift.id),
      activity_id: idToBinary(shift.activityId),
      programme_id: idToBinary(shift.programmeId),
      starts_at: shift.startsAt,
      ends_at: shift.endsAt,
      state: 'draft',
      place_code_id: shift.placeCodeId === null ? null : idToBinary(shift.placeCodeId),
      served_at: null,
    })
    .execute();
  const rows = seats.map(({ skillId, places }) => ({
    shift_id: idToBinary(shift.id),
    skill_id: skillToBinary(skillId),
    places,
    taken: 0,
  }));
  await tx.insertInto('volunteering_seat').values(rows).execute();
}

export async function findShift(db: Db, id: string): Promise<StoredShift | null> {
  const row = await db
    .selectFrom('volunteering_shift')
    .selectAll()
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toShift(row) : null;
}

/** Locks a shift: whoever takes or frees one of its places takes turns. */
export async function lockShift(tx: Db, id: string): Promise<StoredShift | null> {
  const row = await tx
    .selectFrom('volunteering_shift')
    .selectAll()
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toShift(row) : null;
}

/** Shifts of an activity in the order of time. */
export async function listShifts(db: Db, activityId: string): Promise<StoredShift[]> {
  const rows = await db
    .selectFrom('volunteering_shift')
    .selectAll()
    .where('activity_id', '=', idToBinary(activityId))
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  return rows.map(toShift);
}

/**
 * Opens the shifts of an activity that is published; false where none is left to come. Their places
 * learn when they begin, which never changes from here on: who looks for a skill asks the places.
 */
export async function openShifts(tx: Db, clock: ClockOffset, activityId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_shift')
    .set({ state: 'open' })
    .where('activity_id', '=', idToBinary(activityId))
    .where('state', '=', 'draft')
    .where('starts_at', '>', sqlNow(clock))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await sql`UPDATE volunteering_seat seat JOIN volunteering_shift shift ON shift.id = seat.shift_id
    SET seat.programme_id = shift.programme_id, seat.starts_at = shift.starts_at
    WHERE shift.activity_id = ${idToBinary(activityId)} AND shift.state = 'open'`.execute(tx);
  return true;
}

export async function setShiftState(
  tx: Db,
  id: string,
  state: StoredShift['state'],
): Promise<void> {
  await tx
    .updateTable('volunteering_shift')
    .set({ state })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function setPlaceCodeOf(tx: Db, id: string, placeCodeId: string | null) {
  await tx
    .updateTable('volunteering_shift')
    .set({ place_code_id: placeCodeId === null ? null : idToBinary(placeCodeId) })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Keeps that the one who is served said so; false where that was said before. */
export async function markServed(tx: Db, clock: ClockOffset, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_shift')
    .set({ served_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('served_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The places of some shifts, those for anybody first. */
export async function listSeats(db: Db, shiftIds: readonly string[]): Promise<Map<string, Seat[]>> {
  const seats = new Map(shiftIds.map((id): [string, Seat[]] => [id, []]));
  if (shiftIds.length === 0) return seats;
  const rows = await db
    .selectFrom('volunteering_seat')
    .selectAll()
    .where('shift_id', 'in', shiftIds.map(idToBinary))
    .orderBy('skill_id')
    .execute();
  for (const row of rows) {
    const { places, taken } = row;
    const seat = { skillId: binaryToSkill(row.skill_id), places, taken };
    seats.get(binaryToId(row.shift_id))?.push(seat);
  }
  return seats;
}

/** Takes a place; false where none is free. */
export async function takeSeat(
  tx: Db,
  { id, skillId }: { id: string; skillId: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_seat')
    .set((eb) => ({ taken: eb('taken', '+', 1) }))
    .where('shift_id', '=', idToBinary(id))
    .where('skill_id', '=', skillToBinary(skillId))
    .whereRef('taken', '<', 'places')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function giveSeat(
  tx: Db,
  { id, skillId }: { id: string; skillId: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_seat')
    .set((eb) => ({ taken: eb('taken', '-', 1) }))
    .where('shift_id', '=', idToBinary(id))
    .where('skill_id', '=', skillToBinary(skillId))
    .where('taken', '>', 0)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface OpenShiftRow extends StoredShift {
  title: string;
  place: string;
  areaPath: string;
  teamName: string;
}

export interface OpenShiftFilter {
  search?: string | undefined;
  between: { from: Date; to: Date } | null;
  areaCode?: string | undefined;
  skillId?: string | undefined;
}

/** Shifts of a programme to sign up for, the soonest first, one more than the limit. */
export async function listOpenShifts(
  db: Db,
  clock: ClockOffset,
  programmeId: string,
  filter: OpenShiftFilter,
  page: { after: { startsAt: Date; id: string } | null; limit: number },
): Promise<OpenShiftRow[]> {
  const { search, between, areaCode, skillId } = filter;
  // A skill may be asked of one shift in thousands: its places lie in the order of time themselves.
  const [id, startsAt] =
    skillId === undefined
      ? [sql.ref<Buffer>('shift.id'), sql.ref<Date>('shift.starts_at')]
      : [sql.ref<Buffer>('seat.shift_id'), sql.ref<Date>('seat.starts_at')];
  let query = selectScoped(db, 'volunteering_activity', everywhere)
    .innerJoin('volunteering_shift as shift', 'shift.activity_id', 'volunteering_activity.id')
    .innerJoin('volunteering_team as team', 'team.id', 'volunteering_activity.team_id')
    .$if(skillId !== undefined, (all) =>
      all
        .innerJoin('volunteering_seat as seat', 'seat.shift_id', 'shift.id')
        .where('seat.skill_id', '=', skillToBinary(skillId ?? null))
        .where('seat.programme_id', '=', idToBinary(programmeId)),
    )
    .selectAll('shift')
    .select([
      'volunteering_activity.title',
      'volunteering_activity.place',
      'volunteering_activity.area_path',
      'team.name as team_name',
    ])
    .where('shift.programme_id', '=', idToBinary(programmeId))
    .where('shift.state', '=', 'open')
    .where(startsAt, '>', sqlNow(clock));
  if (between !== null) {
    query = query.where(startsAt, '>=', between.from).where(startsAt, '<', between.to);
  }
  if (search !== undefined) query = query.where('title', 'like', containing(search));
  if (areaCode !== undefined) {
    const inside = `%/${escapeLike(areaCode)}/%`;
    query = query.where('volunteering_activity.area_path', 'like', inside);
  }
  if (page.after !== null) {
    const after = page.after;
    query = query
      .where(startsAt, '>=', after.startsAt)
      .where(sql<boolean>`(${startsAt} > ${after.startsAt} OR ${id} > ${idToBinary(after.id)})`);
  }
  const rows = await query
    .orderBy(startsAt)
    .orderBy(id)
    .limit(page.limit + 1)
    .execute();
  return rows.map((row) => ({
    ...toShift(row),
    title: row.title,
    place: row.place,
    areaPath: row.area_path,
    teamName: row.team_name,
  }));
}
