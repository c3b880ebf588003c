import type { HoursKind } from '@ddp/contracts/volunteering/hours';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import type { DayMinutes } from '../domain/hours.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredHours {
  id: string;
  programmeId: string;
  kind: HoursKind;
  personId: string;
  teamId: string;
  teamName: string;
  activityId: string | null;
  areaPath: string;
  title: string;
  on: string;
  servedFrom: Date | null;
  mostMinutes: number;
  minutes: number;
  beyondCap: number;
  version: number;
  accountId: string;
  countedAt: Date;
  maskedName: string;
}

export type NewHours = Omit<StoredHours, 'teamName' | 'version' | 'countedAt' | 'maskedName'> & {
  isFirst: boolean;
  countedBy: string;
};

function select(db: Db, scope: AreaScope) {
  return (
    selectScoped(db, 'volunteering_hours', scope)
      // Never begun with the few teams, which would read and sort all there is.
      .leftJoin('volunteering_team as team', 'team.id', 'volunteering_hours.team_id')
      .leftJoin(
        'volunteering_volunteer as volunteer',
        'volunteer.person_id',
        'volunteering_hours.person_id',
      )
      .selectAll('volunteering_hours')
      .select(['team.name as team_name', 'volunteer.masked_name'])
  );
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toHours(row: Row): StoredHours {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    kind: row.kind as HoursKind,
    personId: binaryToId(row.person_id),
    teamId: binaryToId(row.team_id),
    teamName: row.team_name ?? '',
    activityId: binaryToIdOrNull(row.activity_id),
    areaPath: row.area_path,
    title: row.title,
    on: row.on_day,
    servedFrom: row.served_from,
    mostMinutes: row.most_minutes,
    minutes: row.minutes,
    beyondCap: row.beyond_cap,
    version: row.version,
    accountId: binaryToId(row.account_id),
    countedAt: row.counted_at,
    maskedName: row.masked_name ?? '***',
  };
}

/** Writes hours with their days, to be told to the ledger. */
export async function insertHours(
  tx: Db,
  clock: ClockOffset,
  one: NewHours,
  days: readonly DayMinutes[],
): Promise<void> {
  await tx
    .insertInto('volunteering_hours')
    .values({
      id: idToBinary(one.id),
      programme_id: idToBinary(one.programmeId),
      kind: one.kind,
      person_id: idToBinary(one.personId),
      team_id: idToBinary(one.teamId),
      activity_id: one.activityId === null ? null : idToBinary(one.activityId),
      area_path: one.areaPath,
      title: one.title,
      on_day: one.on,
      served_from: one.servedFrom,
      most_minutes: one.mostMinutes,
      minutes: one.minutes,
      beyond_cap: one.beyondCap,
      version: 1,
      is_first: one.isFirst ? 1 : 0,
      account_id: idToBinary(one.accountId),
      posted_minutes: 0,
      posting_minutes: null,
      posting_version: null,
      post_at: sqlNow(clock),
      counted_by: idToBinary(one.countedBy),
      counted_at: sqlNow(clock),
    })
    .execute();
  await replaceDays(tx, one.id, days);
}

async function replaceDays(tx: Db, id: string, days: readonly DayMinutes[]): Promise<void> {
  const hours = idToBinary(id);
  await tx.deleteFrom('volunteering_hours_day').where('hours_id', '=', hours).execute();
  const rows = days.map(({ on, minutes }) => ({ hours_id: hours, on_day: on, minutes }));
  await tx.insertInto('volunteering_hours_day').values(rows).execute();
}

/** The same hours in another version. */
export async function changeHours(
  tx: Db,
  clock: ClockOffset,
  one: Pick<StoredHours, 'id' | 'minutes' | 'beyondCap' | 'version'>,
  days: readonly DayMinutes[],
): Promise<void> {
  await tx
    .updateTable('volunteering_hours')
    .set({
      minutes: one.minutes,
      beyond_cap: one.beyondCap,
      version: one.version,
      post_at: sqlNow(clock),
      tally_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(one.id))
    .execute();
  await replaceDays(tx, one.id, days);
}

export async function findHours(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredHours | null> {
  const row = await select(db, scope)
    .where('volunteering_hours.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toHours(row) : null;
}

export async function listDaysOf(db: Db, id: string): Promise<DayMinutes[]> {
  const rows = await db
    .selectFrom('volunteering_hours_day')
    .select(['on_day', 'minutes'])
    .where('hours_id', '=', idToBinary(id))
    .orderBy('on_day')
    .execute();
  return rows.map((row) => ({ on: row.on_day, minutes: row.minutes }));
}

/** Hours of an area or a person, the newest first, one more than the limit. */
export async function listHours(
  db: Db,
  of: { scope: AreaScope } | { personId: string },
  kind: HoursKind | undefined,
  page: { after: string | null; limit: number },
  days: { from?: string | undefined; to?: string | undefined } = {},
): Promise<StoredHours[]> {
  let query = select(db, 'scope' in of ? of.scope : everywhere);
  if ('personId' in of) {
    query = query.where('volunteering_hours.person_id', '=', idToBinary(of.personId));
  }
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (days.from !== undefined) query = query.where('on_day', '>=', days.from);
  if (days.to !== undefined) query = query.where('on_day', '<=', days.to);
  if (page.after !== null) {
    query = query.where('volunteering_hours.id', '<', idToBinary(page.after));
  }
  const rows = await query
    .orderBy('volunteering_hours.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toHours);
}

/** Minutes of a person by kind. */
export async function sumHours(db: Db, personId: string): Promise<Map<string, number>> {
  const rows = await selectScoped(db, 'volunteering_hours', everywhere)
    .select(({ fn }) => ['kind', fn.sum<number>('minutes').as('minutes')])
    .where('person_id', '=', idToBinary(personId))
    .groupBy('kind')
    .execute();
  return new Map(rows.map((row) => [row.kind, Number(row.minutes)]));
}

export async function hasVerifiedHours(tx: Db, personId: string): Promise<boolean> {
  const row = await selectScoped(tx, 'volunteering_hours', everywhere)
    .select('id')
    .where('person_id', '=', idToBinary(personId))
    .where('kind', '=', 'verified')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many served in an activity who had never served before. */
export async function countNewcomers(tx: Db, activityId: string): Promise<number> {
  const { count } = await selectScoped(tx, 'volunteering_hours', everywhere)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('activity_id', '=', idToBinary(activityId))
    .where('is_first', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Verified minutes of a locked person on some days. */
export async function readUsed(
  tx: Db,
  programmeId: string,
  personId: string,
  days: readonly DayMinutes[],
): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('volunteering_day')
    .select(['on_day', 'minutes'])
    .where('programme_id', '=', idToBinary(programmeId))
    .where('person_id', '=', idToBinary(personId))
    .where(
      'on_day',
      'in',
      days.map(({ on }) => on),
    )
    .execute();
  return new Map(rows.map((row) => [row.on_day, row.minutes]));
}

/** Adds minutes to the days of a locked person, or takes them off. */
export async function addToDays(
  tx: Db,
  programmeId: string,
  personId: string,
  days: readonly DayMinutes[],
): Promise<void> {
  const of = { programme_id: idToBinary(programmeId), person_id: idToBinary(personId) };
  for (const { on, minutes } of days) {
    await tx
      .insertInto('volunteering_day')
      .values({ ...of, on_day: on, minutes })
      .onDuplicateKeyUpdate((eb) => ({ minutes: eb('minutes', '+', minutes) }))
      .execute();
  }
}

export interface StoredCorrection {
  version: number;
  before: number;
  after: number;
  reason: string;
  correctedAt: Date;
}

export async function insertCorrection(
  tx: Db,
  clock: ClockOffset,
  one: Omit<StoredCorrection, 'correctedAt'> & { hoursId: string; by: string; role: string },
): Promise<void> {
  await tx
    .insertInto('volunteering_correction')
    .values({
      hours_id: idToBinary(one.hoursId),
      version: one.version,
      minutes_before: one.before,
      minutes_after: one.after,
      reason: one.reason,
      corrected_by: idToBinary(one.by),
      corrected_by_role: one.role,
      corrected_at: sqlNow(clock),
    })
    .execute();
}

export async function listCorrections(db: Db, hoursId: string): Promise<StoredCorrection[]> {
  const rows = await db
    .selectFrom('volunteering_correction')
    .selectAll()
    .where('hours_id', '=', idToBinary(hoursId))
    .orderBy('version')
    .execute();
  return rows.map((row) => ({
    version: row.version,
    before: row.minutes_before,
    after: row.minutes_after,
    reason: row.reason,
    correctedAt: row.corrected_at,
  }));
}

/** What the ledger is told of hours: from what it has to what is right, under the version's number. */
export interface Posting {
  id: string;
  programmeId: string;
  kind: HoursKind;
  accountId: string;
  version: number;
  from: number;
  to: number;
}

/**
 * Says of due hours what the ledger is about to be told, before it is told: a repeat after a fault
 * tells the same, also where the hours were corrected meanwhile.
 */
export async function planPostings(db: Db, clock: ClockOffset, limit: number): Promise<Posting[]> {
  const due = await selectScoped(db, 'volunteering_hours', everywhere)
    .select('id')
    .where('post_at', '<=', sqlNow(clock))
    .orderBy('post_at')
    .limit(limit)
    .execute();
  if (due.length === 0) return [];
  const ids = due.map((row) => row.id);
  await db
    .updateTable('volunteering_hours')
    .set((eb) => ({ posting_minutes: eb.ref('minutes'), posting_version: eb.ref('version') }))
    .where('id', 'in', ids)
    .where('posting_version', 'is', null)
    .where('post_at', 'is not', null)
    .execute();
  const rows = await selectScoped(db, 'volunteering_hours', everywhere)
    .selectAll()
    .where('id', 'in', ids)
    .where('posting_version', 'is not', null)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    kind: row.kind as HoursKind,
    accountId: binaryToId(row.account_id),
    version: row.posting_version ?? 0,
    from: row.posted_minutes,
    to: row.posting_minutes ?? 0,
  }));
}

/** The ledger has it; hours that were corrected meanwhile are due again. */
export async function endPosting(db: Db, { id, version, to }: Posting): Promise<void> {
  await db
    .updateTable('volunteering_hours')
    .set((eb) => ({
      post_at: eb.case().when('minutes', '=', to).then(null).else(eb.ref('post_at')).end(),
      posted_minutes: to,
      posting_minutes: null,
      posting_version: null,
    }))
    .where('id', '=', idToBinary(id))
    .where('posting_version', '=', version)
    .execute();
}
