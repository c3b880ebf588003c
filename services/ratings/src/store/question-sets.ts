import type { QuestionContent, QuestionSetView } from '@ddp/contracts/ratings/question-schemas';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { QuestionSetTable, RatingsDatabase } from '../database.ts';
import type { QuestionSet } from '../domain/question-set.ts';

type Db = Kysely<RatingsDatabase>;

/** The published versions of some programmes, of which the newest begun is in force. */
export async function listPublished(
  db: Db,
  programmeIds: readonly string[],
): Promise<Map<string, QuestionSet[]>> {
  const sets = new Map<string, QuestionSet[]>();
  if (programmeIds.length === 0) return sets;
  const rows = await db
    .selectFrom('ratings_question_set')
    .select(['programme_id', 'version', 'from_on', 'to_on', 'content'])
    .where('programme_id', 'in', programmeIds.map(idToBinary))
    .where('state', '=', 'published')
    .execute();
  for (const row of rows) {
    const programmeId = binaryToId(row.programme_id);
    const set = {
      ...{ version: row.version ?? 0, fromOn: row.from_on, toOn: row.to_on },
      content: JSON.parse(row.content) as QuestionContent,
    };
    sets.set(programmeId, [...(sets.get(programmeId) ?? []), set]);
  }
  return sets;
}

export interface NewQuestionSet {
  id: string;
  programmeId: string;
  content: QuestionContent;
  fromOn: string;
  toOn: string | null;
  draftedBy: string;
}

export async function insertQuestionSet(
  tx: Db,
  clock: ClockOffset,
  set: NewQuestionSet,
): Promise<void> {
  await tx
    .insertInto('ratings_question_set')
    .values({
      id: idToBinary(set.id),
      programme_id: idToBinary(set.programmeId),
      version: null,
      state: 'draft',
      content: JSON.stringify(set.content),
      from_on: set.fromOn,
      to_on: set.toOn,
      drafted_by: idToBinary(set.draftedBy),
      drafted_at: sqlNow(clock),
    })
    .execute();
}

export async function findQuestionSet(
  db: Db,
  programmeId: string,
  id: string,
): Promise<QuestionSetView | null> {
  const row = await db
    .selectFrom('ratings_question_set')
    .selectAll()
    .where('programme_id', '=', idToBinary(programmeId))
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toView(row) : null;
}

/** Versions and drafts, the newest first, one more than the limit. */
export async function listQuestionSets(
  db: Db,
  filter: { programmeId: string; state: QuestionSetView['state'] | undefined },
  before: string | null,
  limit: number,
): Promise<QuestionSetView[]> {
  let query = db
    .selectFrom('ratings_question_set')
    .selectAll()
    .where('programme_id', '=', idToBinary(filter.programmeId));
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (before !== null) query = query.where('id', '<', idToBinary(before));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toView);
}

/** Ends a draft; false when it is none any more. Throws a duplicate where the version is taken. */
export async function decideQuestionSet(
  tx: Db,
  clock: ClockOffset,
  id: string,
  decision: { state: 'published'; version: number } | { state: 'withdrawn' },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('ratings_question_set')
    .set({
      state: decision.state,
      version: decision.state === 'published' ? decision.version : null,
      decided_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function toView(row: QuestionSetTable): QuestionSetView {
  return {
    id: binaryToId(row.id),
    state: row.state as QuestionSetView['state'],
    version: row.version,
    content: JSON.parse(row.content) as QuestionContent,
    fromOn: row.from_on,
    toOn: row.to_on,
    draftedAt: row.drafted_at.toISOString(),
    publishedAt: row.state === 'published' ? (row.decided_at?.toISOString() ?? null) : null,
  };
}
