import type { appealStates } from '@ddp/contracts/ratings/appeals';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase } from '../database.ts';
import { type Asker, followedColumns, isOfOthers } from './own-part.ts';

type Db = Kysely<RatingsDatabase>;
export type AppealState = (typeof appealStates)[number];

export interface Appeal {
  id: string;
  ratingId: string;
  followUpId: string;
  subjectId: string;
  subjectName: string;
  areaPath: string;
  /** Null once the person was erased, and the text with them. */
  appellantId: string | null;
  text: string | null;
  state: AppealState;
  appealedAt: Date;
  decidedBy: string | null;
  decision: string | null;
  decidedAt: Date | null;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'ratings_follow_up', scope)
    .innerJoin('ratings_appeal as one', 'one.follow_up_id', 'ratings_follow_up.id')
    .innerJoin('ratings_rating as rating', 'rating.id', 'one.rating_id')
    .selectAll('one')
    .select(['ratings_follow_up.subject_id', 'ratings_follow_up.area_path', 'rating.subject_name']);
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toAppeal(row: Row): Appeal {
  return {
    id: binaryToId(row.id),
    ratingId: binaryToId(row.rating_id),
    followUpId: binaryToId(row.follow_up_id),
    subjectId: binaryToId(row.subject_id),
    subjectName: row.subject_name,
    areaPath: row.area_path,
    appellantId: binaryToIdOrNull(row.appellant_id),
    text: row.text,
    state: row.state as AppealState,
    appealedAt: row.appealed_at,
    decidedBy: binaryToIdOrNull(row.decided_by),
    decision: row.decision,
    decidedAt: row.decided_at,
  };
}

export async function findAppeal(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<Appeal | null> {
  const row = await select(db, scope).where('one.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toAppeal(row) : null;
}

/** Appeals, the newest first, one more than the limit. */
export async function listAppeals(
  db: Db,
  filter: {
    scope: AreaScope;
    state?: AppealState | undefined;
    appellantId?: string;
    /** Staff, who are shown no appeal about themselves. */
    asker?: Asker;
    before: string | null;
  },
  limit: number,
): Promise<Appeal[]> {
  const { scope, state, appellantId, before } = filter;
  let query = select(db, scope);
  if (state !== undefined) query = query.where('one.state', '=', state);
  if (appellantId !== undefined) {
    query = query.where('one.appellant_id', '=', idToBinary(appellantId));
  }
  if (filter.asker) query = query.where(isOfOthers(filter.asker, followedColumns));
  if (before !== null) query = query.where('one.id', '<', idToBinary(before));
  const rows = await query
    .orderBy('one.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toAppeal);
}

/** Throws a duplicate where the rating was appealed against before. */
export async function insertAppeal(
  tx: Db,
  clock: ClockOffset,
  one: Pick<Appeal, 'id' | 'ratingId' | 'followUpId'> & { appellantId: string; text: string },
): Promise<void> {
  await tx
    .insertInto('ratings_appeal')
    .values({
      id: idToBinary(one.id),
      rating_id: idToBinary(one.ratingId),
      follow_up_id: idToBinary(one.followUpId),
      appellant_id: idToBinary(one.appellantId),
      text: one.text,
      state: 'open',
      appealed_at: sqlNow(clock),
      decided_by: null,
      decided_by_role: null,
      decision: null,
      decided_at: null,
    })
    .execute();
}

/** Decides an open appeal; false where it was decided before. */
export async function decideAppeal(
  tx: Db,
  clock: ClockOffset,
  id: string,
  end: { state: 'upheld' | 'rejected'; personId: string; role: string; reason: string },
): Promise<boolean> {
  const changed = await tx
    .updateTable('ratings_appeal')
    .set({
      state: end.state,
      decided_by: idToBinary(end.personId),
      decided_by_role: end.role,
      decision: end.reason,
      decided_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'open')
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
