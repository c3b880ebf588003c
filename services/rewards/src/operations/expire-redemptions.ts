import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { listOverdueRedemptions } from '../store/due-redemptions.ts';
import { lockOverdueRedemption } from '../store/redemptions.ts';
import { releaseRedemption } from './release-redemption.ts';

const batchSize = 200;

/** Ends live redemptions whose deadline has passed, a bounded number a round, each by itself. */
export async function expireRedemptions(deps: RewardsDeps): Promise<void> {
  const { store, log } = deps;
  const ids = await listOverdueRedemptions(store.db, store.clock, batchSize);
  for (const id of ids) {
    await expireOne(deps, id).catch((error: unknown) => {
      log.error({ err: error, redemptionId: id }, 'a redemption could not be expired');
    });
  }
  if (ids.length > 0) store.onCommit();
}

function expireOne(deps: RewardsDeps, id: string): Promise<void> {
  const run = async (tx: Transaction<RewardsDatabase>) => {
    const redemption = await lockOverdueRedemption(tx, deps.store.clock, id);
    if (!redemption) return;
    const requestId = `expire-${newId()}`;
    await releaseRedemption(deps, tx, redemption, { to: 'expired', requestId });
  };
  return transact(deps.store.db, run, { isRepeatable: true });
}
