import type { AttendanceState, ScanKind, ScanWay } from '@ddp/contracts/volunteering/attendances';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredAttendance {
  signUpId: string;
  shiftId: string;
  personId: string;
  startsAt: Date;
  endsAt: Date;
  state: AttendanceState;
  inAt: Date | null;
  inWay: ScanWay | null;
  outAt: Date | null;
  outWay: ScanWay | null;
  isLate: boolean;
  refusal: string | null;
  activityId: string;
  title: string;
  maskedName: string;
}

export type AttendanceTimes = Pick<
  StoredAttendance,
  'state' | 'inAt' | 'inWay' | 'outAt' | 'outWay'
>;

function select(db: Db) {
  return selectScoped(db, 'volunteering_activity', everywhere)
    .innerJoin('volunteering_shift as shift', 'shift.activity_id', 'volunteering_activity.id')
    .innerJoin('volunteering_attendance as one', 'one.shift_id', 'shift.id')
    .leftJoin('volunteering_volunteer as volunteer', 'volunteer.person_id', 'one.person_id')
    .selectAll('one')
    .select(['shift.activity_id', 'volunteering_activity.title', 'volunteer.masked_name']);
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toAttendance(row: Row): StoredAttendance {
  return {
    signUpId: binaryToId(row.sign_up_id),
    shiftId: binaryToId(row.shift_id),
    personId: binaryToId(row.person_id),
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state as AttendanceState,
    inAt: row.in_at,
    inWay: row.in_way as ScanWay | null,
    outAt: row.out_at,
    outWay: row.out_way as ScanWay | null,
    isLate: row.is_late === 1,
    refusal: row.refusal,
    activityId: binaryToId(row.activity_id),
    title: row.title,
    maskedName: row.masked_name ?? '***',
  };
}

/** Makes the row of a sign-up whose person is locked, where there is none. */
export async function openAttendance(
  tx: Db,
  of: { id: string; shiftId: string; personId: string; startsAt: Date; endsAt: Date },
): Promise<void> {
  const found = await tx
    .selectFrom('volunteering_attendance')
    .select('sign_up_id')
    .where('sign_up_id', '=', idToBinary(of.id))
    .executeTakeFirst();
  if (found) return;
  await tx
    .insertInto('volunteering_attendance')
    .values({
      sign_up_id: idToBinary(of.id),
      shift_id: idToBinary(of.shiftId),
      person_id: idToBinary(of.personId),
      present_person_id: null,
      starts_at: of.startsAt,
      ends_at: of.endsAt,
      state: 'unentered',
      in_at: null,
      in_way: null,
      out_at: null,
      out_way: null,
      is_late: 0,
      due_at: null,
      confirmed_by: null,
      refusal: null,
    })
    .execute();
}

export async function findAttendance(db: Db, signUpId: string): Promise<StoredAttendance | null> {
  const row = await select(db)
    .where('one.sign_up_id', '=', idToBinary(signUpId))
    .executeTakeFirst();
  return row ? toAttendance(row) : null;
}

/** Where a person is in and not out, or null. */
export async function findPresence(tx: Db, personId: string): Promise<StoredAttendance | null> {
  const row = await select(tx)
    .where('one.present_person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row ? toAttendance(row) : null;
}

/** Writes the times of an attendance whose person is locked; `dueAt` while somebody is present. */
export async function setTimes(
  tx: Db,
  { signUpId, personId }: Pick<StoredAttendance, 'signUpId' | 'personId'>,
  times: AttendanceTimes,
  more: { dueAt: Date; isLate: boolean },
): Promise<void> {
  const isPresent = times.state === 'present';
  await tx
    .updateTable('volunteering_attendance')
    .set({
      state: times.state,
      in_at: times.inAt,
      in_way: times.inWay,
      out_at: times.outAt,
      out_way: times.outWay,
      present_person_id: isPresent ? idToBinary(personId) : null,
      due_at: isPresent ? more.dueAt : null,
      ...(more.isLate ? { is_late: 1 } : {}),
    })
    .where('sign_up_id', '=', idToBinary(signUpId))
    .execute();
}

/** Moves an attendance on from one of some states; false where it is in none of them. */
export async function moveAttendance(
  tx: Db,
  signUpId: string,
  move: {
    from: readonly AttendanceState[];
    to: 'confirmed' | 'verified' | 'refused';
    by?: string;
    refusal?: string;
  },
): Promise<boolean> {
  const { from, to, by, refusal } = move;
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_attendance')
    .set({
      state: to,
      refusal: refusal ?? null,
      ...(by === undefined ? {} : { confirmed_by: idToBinary(by) }),
    })
    .where('sign_up_id', '=', idToBinary(signUpId))
    .where('state', 'in', from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface NewScan {
  eventId: string;
  signUpId: string;
  kind: ScanKind;
  way: ScanWay;
  at: Date;
  by: string;
  isLate: boolean;
  isCounted: boolean;
}

/** Keeps a scan; false where it came before. */
export async function insertScan(tx: Db, clock: ClockOffset, scan: NewScan): Promise<boolean> {
  const insert = tx.insertInto('volunteering_scan').values({
    event_id: idToBinary(scan.eventId),
    sign_up_id: idToBinary(scan.signUpId),
    kind: scan.kind,
    way: scan.way,
    at: scan.at,
    received_at: sqlNow(clock),
    scanned_by: idToBinary(scan.by),
    is_late: scan.isLate ? 1 : 0,
    is_counted: scan.isCounted ? 1 : 0,
  });
  try {
    await insert.execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** What came of a scan that was kept before, or null. */
export async function findScan(tx: Db, eventId: string): Promise<{ isLate: boolean } | null> {
  const row = await tx
    .selectFrom('volunteering_scan')
    .select('is_late')
    .where('event_id', '=', idToBinary(eventId))
    .executeTakeFirst();
  return row ? { isLate: row.is_late === 1 } : null;
}

/** Who has not checked out although their time is over, some at a time. */
export async function listForgotten(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<StoredAttendance[]> {
  const rows = await select(db)
    .where('one.due_at', '<=', sqlNow(clock))
    .orderBy('one.due_at')
    .limit(limit)
    .execute();
  return rows.map(toAttendance);
}

/** Attendances of a shift or a person, the newest first, one more than the limit. */
export async function listAttendances(
  db: Db,
  of: { shiftId: string } | { personId: string },
  page: { after: string | null; limit: number },
): Promise<StoredAttendance[]> {
  let query = select(db);
  query =
    'shiftId' in of
      ? query.where('one.shift_id', '=', idToBinary(of.shiftId))
      : query.where('one.person_id', '=', idToBinary(of.personId));
  if (page.after !== null) query = query.where('one.sign_up_id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('one.sign_up_id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toAttendance);
}

/** What the leader of a shift has confirmed while its beneficiary was waited for. */
export async function listConfirmed(tx: Db, shiftId: string): Promise<StoredAttendance[]> {
  const rows = await select(tx)
    .where('one.shift_id', '=', idToBinary(shiftId))
    .where('one.state', '=', 'confirmed')
    .orderBy('one.person_id')
    .execute();
  return rows.map(toAttendance);
}
