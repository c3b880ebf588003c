import type { SignUpState } from '@ddp/contracts/volunteering/sign-ups';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import { isServing } from './orders.ts';
import { binaryToSkill, skillToBinary } from './shifts.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredSignUp {
  id: string;
  programmeId: string;
  activityId: string;
  shiftId: string;
  personId: string;
  skillId: string | null;
  state: SignUpState;
  startsAt: Date;
  endsAt: Date;
  isAssisted: boolean;
  signedAt: Date;
  title: string;
  place: string;
  areaPath: string;
  maskedName: string;
  birthMonth: string | null;
  /** Where the volunteer lives; null once they are gone. */
  homePath: string | null;
}

function select(db: Db) {
  return selectScoped(db, 'volunteering_activity', everywhere)
    .innerJoin('volunteering_sign_up as one', 'one.activity_id', 'volunteering_activity.id')
    .leftJoin('volunteering_volunteer as volunteer', 'volunteer.person_id', 'one.person_id')
    .selectAll('one')
    .select([
      'volunteering_activity.title',
      'volunteering_activity.place',
      'volunteering_activity.area_path',
      'volunteer.masked_name',
      'volunteer.birth_month',
      'volunteer.area_path as home_path',
    ]);
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toSignUp(row: Row): StoredSignUp {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    activityId: binaryToId(row.activity_id),
    shiftId: binaryToId(row.shift_id),
    personId: binaryToId(row.person_id),
    skillId: binaryToSkill(row.skill_id),
    state: row.state as SignUpState,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    isAssisted: row.is_assisted === 1,
    signedAt: row.signed_at,
    title: row.title,
    place: row.place,
    areaPath: row.area_path,
    maskedName: row.masked_name ?? '***',
    birthMonth: row.birth_month,
    homePath: row.home_path,
  };
}

export interface NewSignUp {
  id: string;
  programmeId: string;
  activityId: string;
  shiftId: string;
  personId: string;
  skillId: string | null;
  state: 'waiting' | 'signed';
  startsAt: Date;
  endsAt: Date;
  isAssisted: boolean;
  /** Null where the shift is too near to be reminded of. */
  remindAt: Date | null;
}

/** False where the person waits or has a place in the shift. */
export async function insertSignUp(tx: Db, clock: ClockOffset, one: NewSignUp): Promise<boolean> {
  const insert = tx.insertInto('volunteering_sign_up').values({
    id: idToBinary(one.id),
    programme_id: idToBinary(one.programmeId),
    activity_id: idToBinary(one.activityId),
    shift_id: idToBinary(one.shiftId),
    person_id: idToBinary(one.personId),
    live_person_id: idToBinary(one.personId),
    skill_id: skillToBinary(one.skillId),
    state: one.state,
    starts_at: one.startsAt,
    ends_at: one.endsAt,
    is_assisted: one.isAssisted ? 1 : 0,
    signed_at: sqlNow(clock),
    remind_at: one.remindAt,
    ended_at: null,
  });
  try {
    await insert.execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function findSignUp(db: Db, id: string): Promise<StoredSignUp | null> {
  const row = await select(db).where('one.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toSignUp(row) : null;
}

/** What a person has in a shift while they wait or have a place, or null. */
export async function findSignUpIn(
  db: Db,
  shiftId: string,
  personId: string,
): Promise<StoredSignUp | null> {
  const row = await select(db)
    .where('one.shift_id', '=', idToBinary(shiftId))
    .where('one.live_person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row ? toSignUp(row) : null;
}

/** Whether a person, who is locked, waits, has a place or is to be at a home at a time. */
export async function isBusy(
  tx: Db,
  personId: string,
  time: { startsAt: Date; endsAt: Date },
): Promise<boolean> {
  const row = await tx
    .selectFrom('volunteering_sign_up')
    .select('id')
    .where('live_person_id', '=', idToBinary(personId))
    .where('ends_at', '>', time.startsAt)
    .where('starts_at', '<', time.endsAt)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined || isServing(tx, personId, time);
}

/** Who has waited longest for a place of a kind in a locked shift. */
export async function findFirstWaiting(
  tx: Db,
  shiftId: string,
  skillId: string | null,
): Promise<StoredSignUp | null> {
  const row = await select(tx)
    .where('one.shift_id', '=', idToBinary(shiftId))
    .where('one.state', '=', 'waiting')
    .where('one.skill_id', '=', skillToBinary(skillId))
    .orderBy('one.id')
    .limit(1)
    .executeTakeFirst();
  return row ? toSignUp(row) : null;
}

/** Gives a place to who waited; false where they wait no more. */
export async function promoteSignUp(tx: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_sign_up')
    .set({ state: 'signed' })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends a sign-up that waits or has a place; false where it had ended. */
export async function endSignUp(
  tx: Db,
  clock: ClockOffset,
  id: string,
  state: 'cancelled' | 'handed-over' | 'lapsed',
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_sign_up')
    .set({ state, live_person_id: null, remind_at: null, ended_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('state', 'in', ['waiting', 'signed'])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends all sign-ups of a locked shift and empties its places; gives whose they were. */
export async function endSignUpsOf(tx: Db, clock: ClockOffset, shiftId: string): Promise<string[]> {
  const shift = idToBinary(shiftId);
  const rows = await tx
    .selectFrom('volunteering_sign_up')
    .select('person_id')
    .where('shift_id', '=', shift)
    .where('live_person_id', 'is not', null)
    .execute();
  await tx
    .updateTable('volunteering_sign_up')
    .set({
      state: 'cancelled',
      live_person_id: null,
      remind_at: null,
      ended_at: sqlNow(clock),
    })
    .where('shift_id', '=', shift)
    .where('live_person_id', 'is not', null)
    .execute();
  await tx
    .updateTable('volunteering_seat')
    .set({ taken: 0 })
    .where('shift_id', '=', shift)
    .execute();
  return rows.map((row) => binaryToId(row.person_id));
}

/** Sign-ups of a person or a shift; the newest first, one more than the limit. */
export async function listSignUps(
  db: Db,
  of: { personId: string } | { shiftId: string },
  state: SignUpState | undefined,
  page: { after: string | null; limit: number },
): Promise<StoredSignUp[]> {
  let query = select(db);
  query =
    'personId' in of
      ? query.where('one.person_id', '=', idToBinary(of.personId))
      : query.where('one.shift_id', '=', idToBinary(of.shiftId));
  if (state !== undefined) query = query.where('one.state', '=', state);
  if (page.after !== null) query = query.where('one.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('one.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toSignUp);
}

/** Places whose holders are to be reminded, some at a time. */
export async function listDueReminders(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<StoredSignUp[]> {
  const rows = await select(db)
    .where('one.remind_at', '<=', sqlNow(clock))
    .orderBy('one.remind_at')
    .limit(limit)
    .execute();
  return rows.map(toSignUp);
}

/** Takes the reminder of a sign-up; false where another took it. */
export async function takeReminder(tx: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_sign_up')
    .set({ remind_at: null })
    .where('id', '=', idToBinary(id))
    .where('remind_at', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends the waiting for shifts that have begun. */
export async function lapseWaiting(db: Db, clock: ClockOffset): Promise<void> {
  await db
    .updateTable('volunteering_sign_up')
    .set({ state: 'lapsed', live_person_id: null, remind_at: null, ended_at: sqlNow(clock) })
    .where('state', '=', 'waiting')
    .where('starts_at', '<=', sqlNow(clock))
    .execute();
}

/** What a person waits for or has a place in, of shifts to come. */
export async function listLiveSignUps(
  tx: Db,
  clock: ClockOffset,
  personId: string,
): Promise<StoredSignUp[]> {
  const rows = await select(tx)
    .where('one.live_person_id', '=', idToBinary(personId))
    .where('one.starts_at', '>', sqlNow(clock))
    .orderBy('one.shift_id')
    .execute();
  return rows.map(toSignUp);
}
