import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { StoredBenefit } from '../store/benefits.ts';
import { hasWaiting } from '../store/waiting-places.ts';

/** What comes back goes to those who wait, so that nobody takes it before they are offered it. */
export async function refuseOutOfTurn(
  tx: Transaction<RewardsDatabase>,
  { id, allocation }: StoredBenefit,
): Promise<void> {
  if (allocation === 'waiting-list' && (await hasWaiting(tx, id))) {
    throw new Problem(rewardsProblems.soldOut);
  }
}
