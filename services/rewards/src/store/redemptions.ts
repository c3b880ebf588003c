import type { RedemptionState } from '@ddp/contracts/rewards/schemas';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, binaryToIdOrNull, idToBinary } from '@ddp/db-kit/ids';
import { insertRows } from '@ddp/db-kit/rows';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type ExpressionBuilder, type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { liveStates } from '../domain/redemption-state.ts';

type Db = Kysely<RewardsDatabase>;

/** A redemption with the terms that its benefit had when it was asked for. */
export interface StoredRedemption {
  id: string;
  programmeId: string;
  benefitId: string;
  personId: string;
  pricePoints: number;
  minimumStanding: number;
  validDays: number;
  quotaMonth: string;
  /** Every period in which it has a place of the quota, the month among them. */
  quotaPeriods: string[];
  /** Null until stock is set aside, unless the person chose one. */
  merchantId: string | null;
  budgetId: string | null;
  unitValueCents: number;
  textVersion: number;
  areaPath: string;
  state: RedemptionState;
  requestedAt: Date;
  holdAskedAt: Date | null;
}

export type NewRedemption = Omit<StoredRedemption, 'state' | 'requestedAt' | 'holdAskedAt'>;

function selectRedemptions(db: Db) {
  return selectScoped(db, 'rewards_redemption', everywhere).select([
    'id',
    'programme_id',
    'benefit_id',
    'person_id',
    'price_points',
    'minimum_standing',
    'valid_days',
    'quota_month',
    'quota_periods',
    'merchant_id',
    'budget_id',
    'unit_value_cents',
    'text_version',
    'area_path',
    'state',
    'requested_at',
    'hold_asked_at',
  ]);
}

type Row =
  ReturnType<typeof selectRedemptions> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toRedemption(row: Row): StoredRedemption {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    benefitId: binaryToId(row.benefit_id),
    personId: binaryToId(row.person_id),
    pricePoints: toSafeInteger(row.price_points),
    minimumStanding: toSafeInteger(row.minimum_standing),
    validDays: row.valid_days,
    quotaMonth: row.quota_month,
    quotaPeriods: (row.quota_periods ?? row.quota_month).split(','),
    merchantId: binaryToIdOrNull(row.merchant_id),
    budgetId: binaryToIdOrNull(row.budget_id),
    unitValueCents: toSafeInteger(row.unit_value_cents),
    textVersion: row.text_version,
    areaPath: row.area_path,
    state: row.state as RedemptionState,
    requestedAt: row.requested_at,
    holdAskedAt: row.hold_asked_at,
  };
}

const inSeconds = (clock: ClockOffset, seconds: number) =>
  sql<Date>`(${sqlNow(clock)} + INTERVAL ${seconds} SECOND)`;

const columns = [
  ...([
    'id',
    'programme_id',
    'benefit_id',
    'person_id',
    'price_points',
    'minimum_standing',
  ] as const),
  ...(['valid_days', 'quota_month', 'quota_periods', 'merchant_id', 'budget_id'] as const),
  ...([
    'unit_value_cents',
    'text_version',
    'area_path',
    'state',
    'failure',
    'requested_at',
  ] as const),
  ...(['expires_at', 'ended_at', 'hold_asked_at', 'next_at', 'drives'] as const),
];

const idOrNull = (id: string | null) => (id === null ? null : idToBinary(id));

/** Writes requests of a moment down. */
export async function insertRedemptions(
  tx: Db,
  redemptions: readonly NewRedemption[],
  { now, endsSeconds, nextSeconds }: { now: Date; endsSeconds: number; nextSeconds: number },
): Promise<void> {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
  const rows = redemptions.map((one) => [
    ...[idToBinary(one.id), idToBinary(one.programmeId), idToBinary(one.benefitId)],
    ...[idToBinary(one.personId), one.pricePoints, one.minimumStanding, one.validDays],
    ...[one.quotaMonth, one.quotaPeriods.join(','), idOrNull(one.merchantId)],
    ...[idOrNull(one.budgetId), one.unitValueCents, one.textVersion, one.areaPath],
    ...['requested', null, now, after(endsSeconds), null, null, after(nextSeconds), 0],
  ]);
  await insertRows(tx, 'rewards_redemption', columns, rows);
}

/** Every change of a redemption begins with this lock, so that its steps take turns. */
export async function lockRedemption(tx: Db, id: string): Promise<StoredRedemption | null> {
  const row = await selectRedemptions(tx)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toRedemption(row) : null;
}

/** Redemptions by id, in order of id, which is that of their requests. */
export async function listRedemptions(db: Db, ids: readonly string[]): Promise<StoredRedemption[]> {
  return (await selectByIds(db, ids).execute()).map(toRedemption);
}

/** The same, locked. */
export async function lockRedemptions(tx: Db, ids: readonly string[]): Promise<StoredRedemption[]> {
  return (await selectByIds(tx, ids).forUpdate().execute()).map(toRedemption);
}

const selectByIds = (db: Db, ids: readonly string[]) =>
  selectRedemptions(db).where('id', 'in', ids.map(idToBinary)).orderBy('id');

/** Locks a redemption that is live though its deadline has passed, or gives null. */
export async function lockOverdueRedemption(
  tx: Db,
  clock: ClockOffset,
  id: string,
): Promise<StoredRedemption | null> {
  const row = await selectRedemptions(tx)
    .where('id', '=', idToBinary(id))
    .where('state', 'in', liveStates)
    .where('expires_at', '<=', sqlNow(clock))
    .forUpdate()
    .executeTakeFirst();
  return row ? toRedemption(row) : null;
}

export async function lockLiveRedemptionsOf(tx: Db, personId: string): Promise<StoredRedemption[]> {
  const rows = await selectRedemptions(tx)
    .where('person_id', '=', idToBinary(personId))
    .where('state', 'in', liveStates)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(toRedemption);
}

/** Locks what others asked for and gave to a person, while its voucher is good. */
export async function lockGivenRedemptions(tx: Db, holderId: string): Promise<StoredRedemption[]> {
  const rows = await selectRedemptions(tx)
    .where('id', 'in', (eb) => givenTo(eb, holderId, 'issued'))
    .where('state', 'in', liveStates)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(toRedemption);
}

type Builder = ExpressionBuilder<RewardsDatabase, 'rewards_redemption'>;

function givenTo({ selectFrom }: Builder, holderId: string, voucherState: string) {
  return selectFrom('rewards_voucher as voucher')
    .select('voucher.redemption_id')
    .where('voucher.holder_id', '=', idToBinary(holderId))
    .where('voucher.state', '=', voucherState);
}

/**
 * Locks what a person's vouchers, or those given to them, were verified for and no step has made
 * final yet.
 */
export async function lockUndoableRedemptionsOf(tx: Db, personId: string): Promise<string[]> {
  const own = await selectUndoable(tx).where('person_id', '=', idToBinary(personId)).execute();
  const given = await selectUndoable(tx)
    .where('id', 'in', (eb) => givenTo(eb, personId, 'used'))
    .execute();
  return [...own, ...given].map((row) => binaryToId(row.id));
}

function selectUndoable(tx: Db) {
  return selectRedemptions(tx)
    .where('state', '=', 'verified')
    .where('next_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('rewards_effect as effect')
            .select('effect.step')
            .whereRef('effect.redemption_id', '=', 'rewards_redemption.id')
            .where('effect.step', '=', 'final'),
        ),
      ),
    )
    .orderBy('id')
    .forUpdate();
}

/** Redemptions that stock is not decided for yet, by benefit. */
export async function countUndecided(
  db: Db,
  benefitIds: readonly string[],
): Promise<Map<string, number>> {
  if (benefitIds.length === 0) return new Map();
  const rows = await selectScoped(db, 'rewards_redemption', everywhere)
    .select((eb) => ['benefit_id', eb.fn.countAll<number>().as('count')])
    .where('benefit_id', 'in', benefitIds.map(idToBinary))
    .where('state', 'in', ['requested', 'held'])
    .groupBy('benefit_id')
    .execute();
  return new Map(rows.map((row) => [binaryToId(row.benefit_id), Number(row.count)]));
}

export interface Move {
  from: RedemptionState;
  to: RedemptionState;
  /** Seconds until the step after this is told again; null when there is none to wait for. */
  nextSeconds: number | null;
  expiresAt?: Date;
  /** Where stock was set aside. */
  merchantId?: string;
  failure?: string | null;
  isEnd?: boolean;
}

/** Moves a redemption on; false when it was not in the state it was to come from. */
export async function moveRedemption(
  tx: Db,
  clock: ClockOffset,
  { id, ...move }: Move & { id: string },
): Promise<boolean> {
  return moveRedemptions(tx, clock, [id], move);
}

/** Moves several on; false when one was not in the state they were to come from. */
export async function moveRedemptions(
  tx: Db,
  clock: ClockOffset,
  ids: readonly string[],
  move: Move,
): Promise<boolean> {
  const result = await tx
    .updateTable('rewards_redemption')
    .set({
      state: move.to,
      next_at: move.nextSeconds === null ? null : inSeconds(clock, move.nextSeconds),
      drives: 0,
      ...(move.expiresAt ? { expires_at: move.expiresAt } : {}),
      ...(move.merchantId ? { merchant_id: idToBinary(move.merchantId) } : {}),
      ...(move.failure ? { failure: move.failure } : {}),
      ...(move.isEnd ? { ended_at: sqlNow(clock) } : {}),
    })
    .where('id', 'in', ids.map(idToBinary))
    .where('state', '=', move.from)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === ids.length;
}

/** Writes down that points will be asked for holds now; how many of them are to be asked for. */
export async function markHoldsAsked(
  db: Db,
  clock: ClockOffset,
  ids: readonly string[],
): Promise<number> {
  const result = await db
    .updateTable('rewards_redemption')
    .set({ hold_asked_at: sqlNow(clock) })
    .where('id', 'in', ids.map(idToBinary))
    .where('state', '=', 'requested')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** The hold is settled: nothing is left to be told again. */
export async function stopDriving(tx: Db, id: string): Promise<void> {
  await tx
    .updateTable('rewards_redemption')
    .set({ next_at: null })
    .where('id', '=', idToBinary(id))
    .execute();
}
