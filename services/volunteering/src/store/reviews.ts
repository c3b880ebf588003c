import type { reviewKinds, reviewOutcomes } from '@ddp/contracts/volunteering/hours';
import { isDuplicate } from '@ddp/db-kit/errors';
import { binaryToId, binaryToIdOrNull, idToBinary, newId } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { VolunteeringDatabase } from '../database.ts';
import { hasAssisted } from './people.ts';

type Db = Kysely<VolunteeringDatabase>;
export type ReviewKind = (typeof reviewKinds)[number];
export type ReviewOutcome = (typeof reviewOutcomes)[number];

export interface StoredReview {
  id: string;
  kind: ReviewKind;
  activityId: string | null;
  orderId: string | null;
  title: string;
  hoursId: string | null;
  maskedName: string | null;
  /** Who ordered it, where it is about an order. */
  orderedBy: string | null;
  outcome: ReviewOutcome | null;
  words: string | null;
  listedAt: Date;
  reviewedAt: Date | null;
}

function select(db: Db, scope: AreaScope) {
  return selectScoped(db, 'volunteering_review', scope)
    .leftJoin('volunteering_activity as activity', 'activity.id', 'volunteering_review.activity_id')
    .leftJoin('volunteering_order as ordered', 'ordered.id', 'volunteering_review.order_id')
    .leftJoin('volunteering_menu_item as item', 'item.id', 'ordered.item_id')
    .leftJoin('volunteering_sign_up as served', 'served.id', 'volunteering_review.object_id')
    .leftJoin('volunteering_volunteer as volunteer', (join) =>
      join.on((eb) =>
        eb('volunteer.person_id', '=', eb.fn.coalesce('served.person_id', 'ordered.volunteer_id')),
      ),
    )
    .selectAll('volunteering_review')
    .select(['activity.title', 'item.title as item_title', 'ordered.person_name'])
    .select('volunteer.masked_name');
}

type Row =
  ReturnType<typeof select> extends SelectQueryBuilder<infer _D, infer _T, infer R> ? R : never;

function toReview(row: Row): StoredReview {
  const isOfHours = row.kind !== 'crowd';
  return {
    id: binaryToId(row.id),
    kind: row.kind as ReviewKind,
    activityId: binaryToIdOrNull(row.activity_id),
    orderId: binaryToIdOrNull(row.order_id),
    title: row.title ?? row.item_title ?? '',
    hoursId: isOfHours ? binaryToId(row.object_id) : null,
    maskedName: isOfHours ? (row.masked_name ?? '***') : null,
    orderedBy: row.person_name,
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
  one: {
    kind: ReviewKind;
    objectId: string;
    areaPath: string;
    of: { activityId: string } | { orderId: string };
  },
): Promise<void> {
  const insert = tx.insertInto('volunteering_review').values({
    id: idToBinary(newId()),
    kind: one.kind,
    object_id: idToBinary(one.objectId),
    activity_id: 'activityId' in one.of ? idToBinary(one.of.activityId) : null,
    order_id: 'orderId' in one.of ? idToBinary(one.of.orderId) : null,
    area_path: one.areaPath,
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
  const row = await select(db, scope)
    .where('volunteering_review.id', '=', idToBinary(id))
    .executeTakeFirst();
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

/** Whether a person ordered a service, came to it, decided on it or acted for who ordered it. */
export async function hadPartInOrder(tx: Db, orderId: string, personId: string): Promise<boolean> {
  const [order, person] = [idToBinary(orderId), idToBinary(personId)];
  const row = await selectScoped(tx, 'volunteering_order', everywhere)
    .select('id')
    .where('id', '=', order)
    .where((eb) =>
      eb.or([
        eb('person_id', '=', person),
        eb('volunteer_id', '=', person),
        eb('decided_by', '=', person),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined || hasAssisted(tx, orderId, personId);
}

/** What is to be asked about in an area, the newest first, one more than the limit. */
export async function listReviews(
  db: Db,
  scope: AreaScope,
  filter: { kind?: ReviewKind | undefined; openOnly: boolean },
  page: { after: string | null; limit: number },
): Promise<StoredReview[]> {
  let query = select(db, scope);
  if (filter.kind !== undefined) query = query.where('volunteering_review.kind', '=', filter.kind);
  if (filter.openOnly) query = query.where('volunteering_review.reviewed_at', 'is', null);
  if (page.after !== null)
    query = query.where('volunteering_review.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('volunteering_review.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toReview);
}
