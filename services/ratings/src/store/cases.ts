import type { WatchCase } from '@ddp/contracts/ratings/case-schemas';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { CaseTable, RatingsDatabase } from '../database.ts';
import { listRatingsByIds, type StoredRating } from './ratings.ts';

type Db = Kysely<RatingsDatabase>;

/** The case of a finding, locked; a new one where there is none. */
export async function openCase(
  tx: Db,
  found: { pattern: string; onceKey: Buffer; areaPath: string; now: Date; dueAt: Date },
): Promise<WatchCase> {
  const id = idToBinary(newId());
  const columns = ['id', 'pattern', 'once_key', 'area_path', 'ratings', 'state'];
  const row = [id, found.pattern, found.onceKey, found.areaPath, 0, 'open'];
  await insertRows(
    tx,
    'ratings_case',
    [...columns, 'opened_at', 'due_at'],
    [[...row, found.now, found.dueAt]],
    'ON DUPLICATE KEY UPDATE once_key = once_key',
  );
  const kept = await selectScoped(tx, 'ratings_case', everywhere)
    .selectAll()
    .where('once_key', '=', found.onceKey)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return toCase(kept);
}

/** Adds ratings that are not in a case yet; which they are. */
export async function addToCase(
  tx: Db,
  caseId: string,
  ratingIds: readonly string[],
): Promise<string[]> {
  const id = idToBinary(caseId);
  const known = await tx
    .selectFrom('ratings_case_rating')
    .select('rating_id')
    .where('case_id', '=', id)
    .execute();
  const seen = new Set(known.map((row) => binaryToId(row.rating_id)));
  const added = [...new Set(ratingIds)].filter((one) => !seen.has(one));
  const rows = added.map((one) => [id, idToBinary(one)]);
  await insertRows(tx, 'ratings_case_rating', ['case_id', 'rating_id'], rows);
  await tx
    .updateTable('ratings_case')
    .set({ ratings: seen.size + added.length })
    .where('id', '=', id)
    .execute();
  return added;
}

export async function lockCase(tx: Db, id: string) {
  const row = await selectScoped(tx, 'ratings_case', everywhere)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toCase(row) : null;
}

/** Cases of a scope, newest first, one more than the limit. */
export async function listCases(
  db: Db,
  scope: AreaScope,
  state: WatchCase['state'] | undefined,
  before: string | null,
  limit: number,
): Promise<WatchCase[]> {
  let query = selectScoped(db, 'ratings_case', scope).selectAll();
  if (state !== undefined) query = query.where('state', '=', state);
  if (before !== null) query = query.where('id', '<', idToBinary(before));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toCase);
}

/** The ratings of a case within a scope, in order of id, one more than the limit. */
export async function listRatingsOfCase(
  db: Db,
  caseId: string,
  scope: AreaScope,
  after: string | null,
  limit: number,
): Promise<StoredRating[]> {
  let query = selectScoped(db, 'ratings_rating', scope)
    .innerJoin('ratings_case_rating as listed', 'listed.rating_id', 'ratings_rating.id')
    .select('ratings_rating.id')
    .where('listed.case_id', '=', idToBinary(caseId));
  if (after !== null) query = query.where('listed.rating_id', '>', idToBinary(after));
  const rows = await query
    .orderBy('listed.rating_id')
    .limit(limit + 1)
    .execute();
  return listRatingsByIds(
    db,
    rows.map((row) => row.id),
  );
}

export async function endCase(
  tx: Db,
  clock: ClockOffset,
  id: string,
  end: { state: WatchCase['state']; by?: { personId: string; role: string }; words?: string },
): Promise<void> {
  const { state, by, words } = end;
  await tx
    .updateTable('ratings_case')
    .set({
      state,
      decided_by: by ? idToBinary(by.personId) : null,
      decided_by_role: by?.role ?? null,
      decided_words: words ?? null,
      decided_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Cases that nobody decided in time. */
export async function listOverdue(db: Db, clock: ClockOffset, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'ratings_case', everywhere)
    .select('id')
    .where('state', '=', 'open')
    .where('due_at', '<=', sqlNow(clock))
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

function toCase(row: CaseTable): WatchCase {
  return {
    id: binaryToId(row.id),
    pattern: row.pattern as WatchCase['pattern'],
    areaPath: row.area_path,
    ratings: row.ratings,
    state: row.state as WatchCase['state'],
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    decidedByRole: row.decided_by_role,
    decidedWords: row.decided_words,
  };
}
