import { fundingChanged } from '@ddp/contracts/rewards/events';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { beginTelling, listUntoldBenefits, readFunding, readFundings } from '../store/funding.ts';

/** What a benefit could pay out after a change of its stock or state, for those who grant points. */
export async function fundingOf(
  tx: Transaction<RewardsDatabase>,
  benefitId: string,
): Promise<OutgoingEvent> {
  return outgoing(fundingChanged, await readFunding(tx, benefitId));
}

/** The same of several benefits, each once. */
export async function fundingOfAll(
  tx: Transaction<RewardsDatabase>,
  benefitIds: readonly string[],
): Promise<OutgoingEvent[]> {
  const fundings = await readFundings(tx, [...new Set(benefitIds)]);
  return fundings.map((funding) => outgoing(fundingChanged, funding));
}

const batchSize = 200;

/** Tells of benefits that were on offer before this was told of, each once. */
export async function tellUntoldFunding({ store, log }: RewardsDeps): Promise<void> {
  const untold = await listUntoldBenefits(store.db, batchSize);
  for (const benefitId of untold) {
    const tell = async (tx: Transaction<RewardsDatabase>) => {
      if (!(await beginTelling(tx, benefitId))) return;
      await appendEvents(tx, store, [await fundingOf(tx, benefitId)], `funding-${benefitId}`);
    };
    await transact(store.db, tell, { isRepeatable: true }).catch((error: unknown) => {
      log.error({ err: error, benefitId }, 'the funding of a benefit could not be told');
    });
  }
  if (untold.length > 0) store.onCommit();
}
