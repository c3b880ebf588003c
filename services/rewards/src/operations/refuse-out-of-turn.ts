import { Problem } from '@ddp/contracts/problem';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { StoredBenefit } from '../store/benefits.ts';
import { hasWaiting } from '../store/waiting-places.ts';

/** What is drawn by lot, or comes back to those who wait, nobody takes in the ordinary way. */
export async function refuseOutOfTurn(
  tx: Transaction<RewardsDatabase>,
  { id, allocation }: StoredBenefit,
): Promise<void> {
  if (allocation === 'draw') throw new Problem(rewardsProblems.byDraw);
  if (allocation === 'waiting-list' && (await hasWaiting(tx, id))) {
    throw new Problem(rewardsProblems.soldOut);
  }
}
