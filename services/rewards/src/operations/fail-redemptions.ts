import { redemptionReleased } from '@ddp/contracts/rewards/events';
import { appendEventRows, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { resumeSeconds } from '../domain/deadlines.ts';
import { groupBy } from '../domain/group-by.ts';
import { insertEffects } from '../store/effects.ts';
import { listBoundPieces } from '../store/pieces.ts';
import { returnQuotas } from '../store/quotas.ts';
import { readSoldTitles, soldTitleKey } from '../store/redemption-views.ts';
import { moveRedemptions, type StoredRedemption } from '../store/redemptions.ts';
import { mustHold } from './must-hold.ts';
import { releaseRedemption } from './release-redemption.ts';
import { releaseTold } from './release-told.ts';

export interface Failing {
  redemption: StoredRedemption;
  /** Slug of the reason. */
  failure: string;
  requestId: string;
}

/**
 * Ends locked redemptions of one state that get neither points nor stock, together: of what is sold out
 * they are many. Each ends as `releaseRedemption` ends it, which does so where a piece is set aside.
 */
export async function failRedemptions(
  deps: Pick<RewardsDeps, 'store'>,
  tx: Transaction<RewardsDatabase>,
  from: 'requested' | 'held',
  failing: readonly Failing[],
): Promise<void> {
  if (failing.length === 0) return;
  const { store } = deps;
  const pieces = await listBoundPieces(
    tx,
    failing.map(({ redemption }) => redemption.id),
  );
  const [plain, set] = [false, true].map((isSet) =>
    failing.filter(({ redemption }) => pieces.has(redemption.id) === isSet),
  );
  for (const { redemption, failure, requestId } of set ?? []) {
    await releaseRedemption(deps, tx, redemption, { to: 'failed', failure, requestId });
  }
  if (!plain?.length) return;
  for (const [failure, ones] of groupBy(plain, (one) => one.failure)) {
    const move = { from, to: 'failed', nextSeconds: resumeSeconds, failure, isEnd: true } as const;
    const ids = ones.map(({ redemption }) => redemption.id);
    mustHold(await moveRedemptions(tx, store.clock, ids, move), 'they are as they were locked');
  }
  const redemptions = plain.map(({ redemption }) => redemption);
  mustHold(await returnQuotas(tx, redemptions), 'their places of the quota were taken');
  const ids = redemptions.map(({ id }) => id);
  await insertEffects(tx, store.clock, ids, 'released');
  await tellFailed(deps, tx, plain);
}

async function tellFailed(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Transaction<RewardsDatabase>,
  failed: readonly Failing[],
): Promise<void> {
  const titles = await readSoldTitles(
    tx,
    failed.map(({ redemption }) => redemption),
  );
  const events = failed.flatMap(({ redemption, failure, requestId }) => {
    const benefit = titles.get(soldTitleKey(redemption)) ?? '';
    return [
      outgoing(redemptionReleased, { redemptionId: redemption.id }),
      releaseTold(redemption, { benefit, to: 'failed', failure }),
    ].map((event) => ({ ...event, requestId }));
  });
  await appendEventRows(tx, store, events);
}
