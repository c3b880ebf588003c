import type { RedemptionState } from '@ddp/contracts/rewards/schemas';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import { liveStates } from '../domain/redemption-state.ts';

type Db = Kysely<RewardsDatabase>;

/** Ids of live redemptions whose deadline has passed. */
export async function listOverdueRedemptions(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_redemption', everywhere)
    .select('id')
    .where('state', 'in', liveStates)
    .where('expires_at', '<=', sqlNow(clock))
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

/** The redemptions that wait for their turn, those that were asked for first before the others. */
export async function listWaiting(db: Db, limit: number): Promise<string[]> {
  const rows = await selectScoped(db, 'rewards_redemption', everywhere)
    .select('id')
    .where('state', '=', 'requested')
    .orderBy('expires_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => binaryToId(row.id));
}

export interface StalledRedemption {
  id: string;
  state: RedemptionState;
  drives: number;
}

/** Redemptions whose next step should have happened by now. */
export async function listStalledRedemptions(
  db: Db,
  clock: ClockOffset,
  limit: number,
): Promise<StalledRedemption[]> {
  const rows = await selectScoped(db, 'rewards_redemption', everywhere)
    .select(['id', 'state', 'drives'])
    .where('next_at', '<=', sqlNow(clock))
    .orderBy('next_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: binaryToId(row.id),
    state: row.state as RedemptionState,
    drives: row.drives,
  }));
}

/** Takes a stalled redemption for one drive; false when it moved on or somebody else took it. */
export async function claimStalledRedemption(
  tx: Db,
  clock: ClockOffset,
  { id, state, drives }: StalledRedemption,
  nextSeconds: number,
): Promise<boolean> {
  const now = sqlNow(clock);
  const result = await tx
    .updateTable('rewards_redemption')
    .set({ next_at: sql<Date>`(${now} + INTERVAL ${nextSeconds} SECOND)`, drives: drives + 1 })
    .where('id', '=', idToBinary(id))
    .where('state', '=', state)
    .where('drives', '=', drives)
    .where('next_at', '<=', now)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
