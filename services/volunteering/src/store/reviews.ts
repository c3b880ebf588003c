import type { reviewKinds, reviewOutcomes } from '@ddp/contracts/volunteering/hours';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, idToBinary, newId } from '@ddp/db-kit/ids';
import { type AreaScope, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';

type Db = Kysely<VolunteeringDatabase>;
export type ReviewKind = (typeof reviewKinds)[number];
export type ReviewOutcome = (typeof reviewOutcomes)[number];

export interface StoredReview {
  id: string;
  kind: ReviewKind;
  activityId: string;
  title: string;
  hoursId: string | null;
  maskedName: string | null;
  outcome: ReviewOutcome | null;
  words: string | null;
  listedAt: Date;
  reviewedAt: Date | null;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_activity', scope)
    .innerJoin('volunteering_review as one', 'one.activity_id', 'volunteering_activity.id')
    .leftJoin('volunteering_sign_up as served', 'served.id', 'one.object_id')
    .leftJoin('volunteering_volunteer as volunteer', 'volunteer.person_id', 'served.person_id')
    .selectAll('one')
    .select(['volunteering_activity.title', 'volunteer.masked_name']);
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toReview(row: Row): StoredReview {
  const isOfHours = row.kind !== 'crowd';
  return {
    id: binaryToId(row.id),
    kind: row.kind as ReviewKind,
    activityId: binaryToId(row.activity_id),
    title: row.title,
    hoursId: isOfHours ? binaryToId(row.object_id) : null,
    maskedName: isOfHours ? (row.masked_name ?? '***') : null,
    outcome: row.outcome as ReviewOutcome | null,
    words: row.words,
    listedAt: row.listed_at,
    reviewedAt: row.reviewed_at,
  };
}

/** Lists something to be asked about, once by its kind. */
export async function insertReview(
  tx: Db,
  clock: ClockOffset,
  one: { kind: ReviewKind; objectId: string; activityId: string },
): Promise<void> {
  const insert = tx.insertInto('volunteering_review').values({
    id: idToBinary(newId()),
    kind: one.kind,
    object_id: idToBinary(one.objectId),
    activity_id: idToBinary(one.activityId),
    outcome: null,
    words: null,
    reviewed_by: null,
    listed_at: sqlNow(clock),
    reviewed_at: null,
  });
  try {
    await insert.execute();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

export async function findReview(
  db: Db,
  id: string,
  scope: AreaScope,
): Promise<StoredReview | null> {
  const row = await select(db, scope).where('one.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toReview(row) : null;
}

/** Notes what was found; false where that was noted before. */
export async function noteOutcome(
  tx: Db,
  clock: ClockOffset,
  id: string,
  note: { outcome: ReviewOutcome; words: string; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('volunteering_review')
    .set({
      outcome: note.outcome,
      words: note.words,
      reviewed_by: idToBinary(note.by),
      reviewed_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .where('reviewed_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Whether a person scanned, confirmed or corrected anything of an activity. */
export async function hadPart(tx: Db, activityId: string, personId: string): Promise<boolean> {
  const [activity, person] = [idToBinary(activityId), idToBinary(personId)];
  const { rows } = await sql`
    SELECT 1 FROM volunteering_attendance one
      JOIN volunteering_shift shift ON shift.id = one.shift_id
      WHERE shift.activity_id = ${activity}
        AND (one.confirmed_by = ${person} OR one.person_id = ${person})
    UNION ALL SELECT 1 FROM volunteering_scan scan
      JOIN volunteering_sign_up mine ON mine.id = scan.sign_up_id
      WHERE mine.activity_id = ${activity} AND scan.scanned_by = ${person}
    LIMIT 1`.execute(tx);
  return rows.length > 0;
}

/** What is to be asked about in an area, the newest first, one more than the limit. */
export async function listReviews(
  db: Db,
  scope: AreaScope,
  filter: { kind?: ReviewKind | undefined; openOnly: boolean },
  page: { after: string | null; limit: number },
): Promise<StoredReview[]> {
  let query = select(db, scope);
  if (filter.kind !== undefined) query = query.where('one.kind', '=', filter.kind);
  if (filter.openOnly) query = query.where('one.reviewed_at', 'is', null);
  if (page.after !== null) query = query.where('one.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('one.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toReview);
}
