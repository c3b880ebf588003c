import { parseCivilDate } from '@ddp/calendar/civil-date';
import { binaryToId, binaryToIdOrNull, idToBinary, newId } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { PointsDatabase } from '../database.ts';
import type { KeptLevel } from '../domain/level.ts';
import type { Accounts } from './books.ts';

type Db = Kysely<PointsDatabase>;

/** A person's part in a programme; the accounts keep its id when the person is gone. */
export interface Participation {
  id: string;
  programmeId: string;
  personId: string | null;
  areaPath: string;
  accounts: Accounts;
  /** Where standing was lost: what the level goes by for a while. */
  keptLevel: KeptLevel | null;
  joinedAt: Date;
  leftAt: Date | null;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'points_participation', scope).select([
    'id',
    'programme_id',
    'person_id',
    'standing_account_id',
    'points_account_id',
    'maturing_account_id',
    'area_path',
    'level_standing',
    'level_until',
    'joined_at',
    'left_at',
  ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toParticipation(row: Row): Participation {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    personId: binaryToIdOrNull(row.person_id),
    areaPath: row.area_path,
    accounts: {
      standing: binaryToId(row.standing_account_id),
      points: binaryToId(row.points_account_id),
      maturing: binaryToId(row.maturing_account_id),
    },
    keptLevel:
      row.level_until === null
        ? null
        : { standing: row.level_standing, until: parseCivilDate(row.level_until) },
    joinedAt: row.joined_at,
    leftAt: row.left_at,
  };
}

const selectOf = (db: Db, programmeId: string, personId: string, scope: AreaScope) =>
  select(db, scope)
    .where('programme_id', '=', idToBinary(programmeId))
    .where('person_id', '=', idToBinary(personId));

export async function findParticipation(
  db: Db,
  programmeId: string,
  personId: string,
  scope: AreaScope = everywhere,
): Promise<Participation | null> {
  const row = await selectOf(db, programmeId, personId, scope).executeTakeFirst();
  return row ? toParticipation(row) : null;
}

/** Locks it: whatever moves a person's meters goes through this row first. */
export async function lockParticipation(db: Db, id: string): Promise<Participation> {
  const row = await select(db, everywhere)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirstOrThrow();
  return toParticipation(row);
}

/** Locks the part a person has in a programme, or gives null where there is none. */
export async function lockParticipationOf(
  db: Db,
  programmeId: string,
  personId: string,
  scope: AreaScope = everywhere,
): Promise<Participation | null> {
  const row = await selectOf(db, programmeId, personId, scope).forUpdate().executeTakeFirst();
  return row ? toParticipation(row) : null;
}

/** Tells participations of `lockParticipationsOfAll` apart. */
export const memberKey = ({ programmeId, personId }: { programmeId: string; personId: string }) =>
  `${programmeId} ${personId}`;

/** Locks the parts of people in programmes, in order of id; by `memberKey`. */
export async function lockParticipationsOfAll(
  tx: Db,
  members: readonly { programmeId: string; personId: string }[],
): Promise<Map<string, Participation>> {
  const rows = await select(tx, everywhere)
    .where((eb) =>
      eb.or(
        [...new Map(members.map((one) => [memberKey(one), one])).values()].map((one) =>
          eb.and({
            programme_id: idToBinary(one.programmeId),
            person_id: idToBinary(one.personId),
          }),
        ),
      ),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  return new Map(
    rows
      .map(toParticipation)
      .map((one) => [
        memberKey({ programmeId: one.programmeId, personId: one.personId ?? '' }),
        one,
      ]),
  );
}

/** Locks the participations of a person in all programmes, in order of id. */
export async function lockParticipationsOf(db: Db, personId: string): Promise<Participation[]> {
  const rows = await select(db, everywhere)
    .where('person_id', '=', idToBinary(personId))
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(toParticipation);
}

export async function insertParticipation(
  tx: Db,
  clock: ClockOffset,
  one: Pick<Participation, 'id' | 'programmeId' | 'areaPath' | 'accounts'> & { personId: string },
): Promise<void> {
  await tx
    .insertInto('points_participation')
    .values({
      id: idToBinary(one.id),
      programme_id: idToBinary(one.programmeId),
      person_id: idToBinary(one.personId),
      standing_account_id: idToBinary(one.accounts.standing),
      points_account_id: idToBinary(one.accounts.points),
      maturing_account_id: idToBinary(one.accounts.maturing),
      area_path: one.areaPath,
      level_standing: 0,
      level_until: null,
      naming_version: 0,
      joined_at: sqlNow(clock),
      left_at: null,
    })
    .execute();
}

/** Comes back after leaving: the standing is still there. */
export async function reopenParticipation(tx: Db, clock: ClockOffset, id: string): Promise<void> {
  await tx
    .updateTable('points_participation')
    .set({ joined_at: sqlNow(clock), left_at: null })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function closeParticipation(tx: Db, clock: ClockOffset, id: string): Promise<void> {
  await tx
    .updateTable('points_participation')
    .set({ left_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('left_at', 'is', null)
    .execute();
}

/** Cuts the tie to the person; accounts and lines stay. */
export async function forgetParticipant(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('points_participation')
    .set({ person_id: null })
    .where('id', '=', idToBinary(id))
    .execute();
}

export async function insertConsent(
  tx: Db,
  clock: ClockOffset,
  participationId: string,
  version: string,
): Promise<void> {
  await tx
    .insertInto('points_consent')
    .values({
      id: idToBinary(newId()),
      participation_id: idToBinary(participationId),
      version,
      given_at: sqlNow(clock),
      withdrawn_at: null,
    })
    .execute();
}

/** The consent in force, which every award stands on. */
export async function findConsent(tx: Db, participationId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('points_consent')
    .select('id')
    .where('participation_id', '=', idToBinary(participationId))
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return row ? binaryToId(row.id) : null;
}

export async function withdrawConsent(
  tx: Db,
  clock: ClockOffset,
  participationId: string,
): Promise<void> {
  await tx
    .updateTable('points_consent')
    .set({ withdrawn_at: sqlNow(clock) })
    .where('participation_id', '=', idToBinary(participationId))
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** Lets the level go by an earlier standing for a while. */
export async function keepLevel(tx: Db, id: string, kept: KeptLevel): Promise<void> {
  await tx
    .updateTable('points_participation')
    .set({ level_standing: kept.standing, level_until: kept.until })
    .where('id', '=', idToBinary(id))
    .execute();
}
