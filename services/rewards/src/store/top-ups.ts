import type { TopUp } from '@ddp/contracts/rewards/merchants';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import type { Kysely } from 'kysely';
import type { RewardsDatabase } from '../database.ts';

type Db = Kysely<RewardsDatabase>;

export interface NewTopUp {
  id: string;
  benefitId: string;
  merchantId: string;
  pieces: number;
  words: string;
  areaPath: string;
  requestedBy: string;
}

export async function insertTopUp(tx: Db, clock: ClockOffset, topUp: NewTopUp): Promise<void> {
  await tx
    .insertInto('rewards_top_up')
    .values({
      id: idToBinary(topUp.id),
      benefit_id: idToBinary(topUp.benefitId),
      merchant_id: idToBinary(topUp.merchantId),
      pieces: topUp.pieces,
      words: topUp.words,
      area_path: topUp.areaPath,
      state: 'requested',
      reason: null,
      requested_by: idToBinary(topUp.requestedBy),
      decided_by: null,
      requested_at: sqlNow(clock),
      decided_at: null,
    })
    .execute();
}

function selectTopUps(db: Db, scope: AreaScope) {
  return selectScoped(db, 'rewards_top_up', scope)
    .innerJoin('rewards_benefit as benefit', 'benefit.id', 'rewards_top_up.benefit_id')
    .selectAll('rewards_top_up')
    .select('benefit.title');
}

type Row = Awaited<ReturnType<ReturnType<typeof selectTopUps>['execute']>>[number];

function toTopUp(row: Row): TopUp {
  return {
    id: binaryToId(row.id),
    benefitId: binaryToId(row.benefit_id),
    benefitTitle: row.title,
    merchantId: binaryToId(row.merchant_id),
    pieces: toSafeInteger(row.pieces),
    words: row.words,
    state: row.state as TopUp['state'],
    reason: row.reason,
    requestedAt: row.requested_at.toISOString(),
  };
}

export async function findTopUp(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<TopUp | null> {
  const row = await selectTopUps(db, scope)
    .where('rewards_top_up.id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toTopUp(row) : null;
}

/** Requests of a merchant or of an area, newest first, one more than the limit. */
export async function listTopUps(
  db: Db,
  of: { merchantId: string } | { scope: AreaScope },
  state: TopUp['state'] | undefined,
  page: { after: string | null; limit: number },
): Promise<TopUp[]> {
  let query = selectTopUps(db, 'scope' in of ? of.scope : everywhere);
  if ('merchantId' in of) {
    query = query.where('rewards_top_up.merchant_id', '=', idToBinary(of.merchantId));
  }
  if (state !== undefined) query = query.where('rewards_top_up.state', '=', state);
  if (page.after !== null) query = query.where('rewards_top_up.id', '<', idToBinary(page.after));
  const rows = await query
    .orderBy('rewards_top_up.id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return rows.map(toTopUp);
}

/** Whether a merchant waits for a decision about a benefit; the merchant must be locked. */
export async function hasOpenTopUp(
  tx: Db,
  merchantId: string,
  benefitId: string,
): Promise<boolean> {
  const row = await selectScoped(tx, 'rewards_top_up', everywhere)
    .select('id')
    .where('merchant_id', '=', idToBinary(merchantId))
    .where('state', '=', 'requested')
    .where('benefit_id', '=', idToBinary(benefitId))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Decides on a request once; false when it was decided before. */
export async function decideTopUp(
  tx: Db,
  clock: ClockOffset,
  id: string,
  decision: { state: 'approved' | 'refused'; reason: string | null; decidedBy: string },
): Promise<boolean> {
  const { state, reason, decidedBy } = decision;
  const { numUpdatedRows } = await tx
    .updateTable('rewards_top_up')
    .set({ state, reason, decided_by: idToBinary(decidedBy), decided_at: sqlNow(clock) })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'requested')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
