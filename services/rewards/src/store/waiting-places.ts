import type { WaitingState } from '@ddp/contracts/rewards/waiting';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

/** Somebody's place on the waiting list of a benefit. */
export interface StoredPlace {
  id: string;
  programmeId: string;
  benefitId: string;
  benefitTitle: string;
  pricePoints: number;
  personId: string;
  personName: string;
  queueNumber: number;
  state: WaitingState;
  joinedAt: Date;
  offeredUntil: Date | null;
  merchantName: string | null;
  redemptionId: string | null;
}

function selectPlaces(db: Db) {
  return selectScoped(db, 'rewards_benefit', everywhere)
    .innerJoin('rewards_waiting_place as place', 'place.benefit_id', 'rewards_benefit.id')
    .leftJoin('rewards_merchant as merchant', 'merchant.id', 'place.merchant_id')
    .select([
      'place.id',
      'place.programme_id',
      'place.benefit_id',
      'rewards_benefit.title',
      'rewards_benefit.price_points',
      'place.person_id',
      'place.person_name',
      'place.queue_number',
      'place.state',
      'place.joined_at',
      'place.offered_until',
      'merchant.name as merchant_name',
      'place.redemption_id',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectPlaces>['execute']>>[number];

function toPlace(row: Row): StoredPlace {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    benefitId: binaryToId(row.benefit_id),
    benefitTitle: row.title,
    pricePoints: toSafeInteger(row.price_points),
    personId: binaryToId(row.person_id),
    personName: row.person_name,
    queueNumber: row.queue_number,
    state: row.state as WaitingState,
    joinedAt: row.joined_at,
    offeredUntil: row.offered_until,
    merchantName: row.merchant_name,
    redemptionId: binaryToIdOrNull(row.redemption_id),
  };
}

export type NewPlace = Pick<
  StoredPlace,
  'id' | 'programmeId' | 'benefitId' | 'personId' | 'personName'
>;

/** Puts somebody at the end of a line, under the lock of its benefit. */
export async function insertPlace(tx: Db, clock: ClockOffset, place: NewPlace): Promise<void> {
  const benefitId = idToBinary(place.benefitId);
  const { last } = await tx
    .selectFrom('rewards_waiting_place')
    .select(({ fn }) => fn.max('queue_number').as('last'))
    .where('benefit_id', '=', benefitId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('rewards_waiting_place')
    .values({
      id: idToBinary(place.id),
      programme_id: idToBinary(place.programmeId),
      benefit_id: benefitId,
      person_id: idToBinary(place.personId),
      standing_person_id: idToBinary(place.personId),
      person_name: place.personName,
      queue_number: (last ?? 0) + 1,
      state: 'waiting',
      joined_at: sqlNow(clock),
      ...{ offered_until: null, merchant_id: null, redemption_id: null, decided_at: null },
    })
    .execute();
}

export async function findPlace(db: Db, id: string): Promise<StoredPlace | null> {
  const row = await selectPlaces(db).where('place.id', '=', idToBinary(id)).executeTakeFirst();
  return row ? toPlace(row) : null;
}

/** The same, locked: every change of a place begins with this. */
export async function lockPlace(tx: Db, id: string): Promise<StoredPlace | null> {
  await tx
    .selectFrom('rewards_waiting_place')
    .select('id')
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .execute();
  return findPlace(tx, id);
}

/** Whether a person has a place on a list that stands. */
export async function isWaiting(tx: Db, benefitId: string, personId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('rewards_waiting_place')
    .select('id')
    .where('benefit_id', '=', idToBinary(benefitId))
    .where('standing_person_id', '=', idToBinary(personId))
    .executeTakeFirst();
  return row !== undefined;
}

/** How many places of a benefit are in a state. */
export async function countPlaces(
  db: Db,
  benefitId: string,
  state: 'waiting' | 'offered',
): Promise<number> {
  const { count } = await ofState(db, benefitId, state)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Those of some benefits that somebody waits for. */
export async function listAwaited(db: Db, benefitIds: readonly string[]): Promise<Set<string>> {
  if (benefitIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('rewards_waiting_place')
    .select('benefit_id')
    .distinct()
    .where('benefit_id', 'in', benefitIds.map(idToBinary))
    .where('state', '=', 'waiting')
    .execute();
  return new Set(rows.map((row) => binaryToId(row.benefit_id)));
}

/** How many wait before a place. */
export async function countAhead(
  db: Db,
  { benefitId, queueNumber }: Pick<StoredPlace, 'benefitId' | 'queueNumber'>,
): Promise<number> {
  const { count } = await ofState(db, benefitId, 'waiting')
    .where('queue_number', '<', queueNumber)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const ofState = (db: Db, benefitId: string, state: WaitingState) =>
  db
    .selectFrom('rewards_waiting_place')
    .where('benefit_id', '=', idToBinary(benefitId))
    .where('state', '=', state);

/** Locks those who stand first in a line, in their order. */
export async function lockFirstWaiting(
  tx: Db,
  benefitId: string,
  limit: number,
): Promise<{ id: string; personId: string }[]> {
  const rows = await ofState(tx, benefitId, 'waiting')
    .select(['id', 'person_id'])
    .orderBy('queue_number')
    .limit(limit)
    .forUpdate()
    .execute();
  return rows.map((row) => ({ id: binaryToId(row.id), personId: binaryToId(row.person_id) }));
}

export async function markOffered(
  tx: Db,
  { id, merchantId, until }: { id: string; merchantId: string; until: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_waiting_place')
    .set({
      state: 'offered',
      merchant_id: idToBinary(merchantId),
      offered_until: until,
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Accepts what is offered while its time is not over; false when it is, or it was answered. */
export async function markTaken(
  tx: Db,
  clock: ClockOffset,
  { id, redemptionId }: { id: string; redemptionId: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_waiting_place')
    .set({
      state: 'accepted',
      standing_person_id: null,
      redemption_id: idToBinary(redemptionId),
      decided_at: sqlNow(clock),
    })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'offered')
    .where('offered_until', '>', sqlNow(clock))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends a locked place that waits or is offered something. */
export async function markEnded(
  tx: Db,
  clock: ClockOffset,
  { id, state }: { id: string; state: 'withdrawn' | 'lapsed' | 'ended' },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_waiting_place')
    .set({ state, standing_person_id: null, decided_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('standing_person_id', 'is not', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** A person's places, newest first, one more than the limit. */
export async function listPlacesOf(
  db: Db,
  personId: string,
  page: { after: string | null; limit: number },
): Promise<StoredPlace[]> {
  let query = selectPlaces(db).where('place.person_id', '=', idToBinary(personId));
  if (page.after !== null) query = query.where('place.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('place.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toPlace);
}

/** Ids of a person's places that stand. */
export async function listStandingOf(tx: Db, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('rewards_waiting_place')
    .select('id')
    .where('person_id', '=', idToBinary(personId))
    .where('standing_person_id', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}

/** The line of a benefit in its order, one more than the limit. */
export async function listLine(
  db: Db,
  benefitId: string,
  page: { after: number; limit: number },
): Promise<StoredPlace[]> {
  const rows = await selectPlaces(db)
    .where('place.benefit_id', '=', idToBinary(benefitId))
    .where('place.state', 'in', ['waiting', 'offered'])
    .where('place.queue_number', '>', page.after)
    .orderBy('place.queue_number')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toPlace);
}
