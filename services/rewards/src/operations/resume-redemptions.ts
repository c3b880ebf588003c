import { newId } from '@ddp/db-kit/ids';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { resumeWaitSeconds } from '../domain/deadlines.ts';
import { eventOfState } from '../domain/redemption-state.ts';
import {
  claimStalledRedemption,
  listStalledRedemptions,
  type StalledRedemption,
} from '../store/due-redemptions.ts';

const batchSize = 200;

/**
 * Tells the next step of redemptions again that stand still, because its event was buried while
 * points were away. Steps happen once, so one told too often changes nothing.
 */
export async function resumeRedemptions(deps: RewardsDeps): Promise<void> {
  const { store, log } = deps;
  const stalled = await listStalledRedemptions(store.db, store.clock, batchSize);
  for (const one of stalled) {
    await resumeOne(deps, one).catch((error: unknown) => {
      log.error({ err: error, redemptionId: one.id }, 'a redemption could not be resumed');
    });
  }
  if (stalled.length > 0) store.onCommit();
}

function resumeOne({ store }: RewardsDeps, stalled: StalledRedemption): Promise<void> {
  const run = async (tx: Transaction<RewardsDatabase>) => {
    const event = eventOfState(stalled.state);
    const nextSeconds = resumeWaitSeconds(stalled.drives + 1);
    if (!event || !(await claimStalledRedemption(tx, store.clock, stalled, nextSeconds))) return;
    const told = outgoing(event, { redemptionId: stalled.id });
    await appendEvents(tx, store, [told], `resume-${newId()}`);
  };
  return transact(store.db, run, { isRepeatable: true });
}
