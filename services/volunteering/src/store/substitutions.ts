import type { SubstitutionState } from '@ddp/contracts/volunteering/sign-ups';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;

export interface StoredSubstitution {
  id: string;
  signUpId: string;
  shiftId: string;
  holderId: string;
  askedId: string;
  state: SubstitutionState;
  offeredAt: Date;
  title: string;
  place: string;
  startsAt: Date;
  endsAt: Date;
}

function select(db: Db) {
  return selectScoped(db, 'volunteering_activity', everywhere)
    .innerJoin('volunteering_sign_up as mine', 'mine.activity_id', 'volunteering_activity.id')
    .innerJoin('volunteering_substitution as one', 'one.sign_up_id', 'mine.id')
    .selectAll('one')
    .select([
      'volunteering_activity.title',
      'volunteering_activity.place',
      'mine.shift_id',
      'mine.starts_at',
      'mine.ends_at',
    ]);
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toSubstitution(row: Row): StoredSubstitution {
  return {
    id: binaryToId(row.id),
    signUpId: binaryToId(row.sign_up_id),
    shiftId: binaryToId(row.shift_id),
    holderId: binaryToId(row.holder_id),
    askedId: binaryToId(row.asked_id),
    state: row.state as SubstitutionState,
    offeredAt: row.offered_at,
    title: row.title,
    place: row.place,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  };
}

/** False where somebody is being asked for the place already. */
export async function insertSubstitution(
  tx: Db,
  clock: ClockOffset,
  one: Pick<StoredSubstitution, 'id' | 'signUpId' | 'holderId' | 'askedId'>,
): Promise<boolean> {
  const insert = tx.insertInto('volunteering_substitution').values({
    id: idToBinary(one.id),
    sign_up_id: idToBinary(one.signUpId),
    standing_sign_up_id: idToBinary(one.signUpId),
    holder_id: idToBinary(one.holderId),
    asked_id: idToBinary(one.askedId),
    state: 'offered',
    offered_at: sqlNow(clock),
    decided_at: null,
  });
  try {
    await insert.execute();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** How often somebody was asked to come for the place of a sign-up. */
export async function countSubstitutions(tx: Db, signUpId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('volunteering_substitution')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sign_up_id', '=', idToBinary(signUpId))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function findSubstitution(db: Db, id: string): Promise<StoredSubstitution | null> {
  const row = await select(db).where('one.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toSubstitution(row) : null;
}

/** Answers a question that stands; false where it does not any more. */
export async function endSubstitutionOf(
  tx: Db,
  clock: ClockOffset,
  by: { id: string } | { signUpId: string },
  state: Exclude<SubstitutionState, 'offered'>,
): Promise<boolean> {
  const update = tx
    .updateTable('volunteering_substitution')
    .set({ state, standing_sign_up_id: null, decided_at: sqlNow(clock) })
    .where('state', '=', 'offered');
  const { numUpdatedRows } = await ('id' in by
    ? update.where('id', '=', idToBinary(by.id))
    : update.where('sign_up_id', '=', idToBinary(by.signUpId))
  ).executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends what others ask of a person, and what the person asks of others. */
export async function endSubstitutionsOf(
  tx: Db,
  clock: ClockOffset,
  personId: string,
): Promise<void> {
  const person = idToBinary(personId);
  await tx
    .updateTable('volunteering_substitution')
    .set({ state: 'lapsed', standing_sign_up_id: null, decided_at: sqlNow(clock) })
    .where('state', '=', 'offered')
    .where(({ or, eb }) => or([eb('holder_id', '=', person), eb('asked_id', '=', person)]))
    .execute();
}

/** What a person asks or is asked, the newest first, one more than the limit. */
export async function listSubstitutions(
  db: Db,
  personId: string,
  page: { after: string | null; limit: number },
): Promise<StoredSubstitution[]> {
  const person = idToBinary(personId);
  let query = select(db).where(({ or, eb }) =>
    or([eb('one.holder_id', '=', person), eb('one.asked_id', '=', person)]),
  );
  if (page.after !== null) query = query.where('one.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('one.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toSubstitution);
}
