import type { Rating } from '@ddp/contracts/ratings/schemas';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RatingsDatabase, ReplyTable } from '../database.ts';
import { type Asker, isOfOthers, ratedColumns } from './own-part.ts';

type Db = Kysely<RatingsDatabase>;

export interface StoredReply {
  id: string;
  ratingId: string;
  areaPath: string;
  text: string;
  state: Rating['wordsState'];
  repliedAt: string;
}

/** Throws a duplicate where the rating was replied to before. */
export async function insertReply(
  tx: Db,
  clock: ClockOffset,
  reply: Omit<StoredReply, 'repliedAt'> & { repliedBy: string },
): Promise<void> {
  await tx
    .insertInto('ratings_reply')
    .values({
      id: idToBinary(reply.id),
      rating_id: idToBinary(reply.ratingId),
      area_path: reply.areaPath,
      text: reply.text,
      state: reply.state,
      replied_by: idToBinary(reply.repliedBy),
      replied_at: sqlNow(clock),
    })
    .execute();
}

/** The replies to ratings, by rating. */
export async function listReplies(
  db: Db,
  ratingIds: readonly string[],
): Promise<Map<string, StoredReply>> {
  if (ratingIds.length === 0) return new Map();
  const rows = await selectScoped(db, 'ratings_reply', everywhere)
    .selectAll()
    .where('rating_id', 'in', ratingIds.map(idToBinary))
    .execute();
  return new Map(rows.map((row) => [binaryToId(row.rating_id), toReply(row)]));
}

/** Replies of a scope in a state, by others than the asker, newest first, one more than the limit. */
export async function listRepliesInState(
  db: Db,
  { scope, asker }: { scope: AreaScope; asker: Asker },
  state: Rating['wordsState'],
  before: string | null,
  limit: number,
): Promise<StoredReply[]> {
  let query = selectScoped(db, 'ratings_reply', scope)
    .innerJoin('ratings_rating', 'ratings_rating.id', 'ratings_reply.rating_id')
    .selectAll('ratings_reply')
    .where('ratings_reply.state', '=', state)
    .where(isOfOthers(asker, ratedColumns));
  if (before !== null) query = query.where('ratings_reply.id', '<', idToBinary(before));
  const rows = await query
    .orderBy('ratings_reply.id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toReply);
}

export async function findReply(db: Db, id: string): Promise<StoredReply | null> {
  const row = await selectScoped(db, 'ratings_reply', everywhere)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toReply(row) : null;
}

export async function lockReply(tx: Db, id: string): Promise<StoredReply | null> {
  const row = await selectScoped(tx, 'ratings_reply', everywhere)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toReply(row) : null;
}

export async function setReplyState(tx: Db, id: string, state: Rating['wordsState']) {
  await tx.updateTable('ratings_reply').set({ state }).where('id', '=', idToBinary(id)).execute();
}

function toReply(row: ReplyTable): StoredReply {
  return {
    id: binaryToId(row.id),
    ratingId: binaryToId(row.rating_id),
    areaPath: row.area_path,
    text: row.text,
    state: row.state as Rating['wordsState'],
    repliedAt: row.replied_at.toISOString(),
  };
}
