import { fundingChanged } from '@ddp/contracts/rewards/events';
import { transact } from '@ddp/db-kit/transact';
import { appendEvents, type OutgoingEvent, outgoing } from '@ddp/queue-kit/outbox';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { type Offer, payableFrom } from '../domain/payable.ts';
import {
  type BudgetFunding,
  keepToldPoints,
  listOffers,
  listTellableBudgets,
  lockBudgetFunding,
  raiseToldBenefits,
} from '../store/budget-funding.ts';
import { fundingOf } from './tell-funding.ts';

const batchSize = 200;

/** What an open budget could pay out for what is on offer, each piece and each point once. */
function payableOf({ isOpen, left }: BudgetFunding, offers: readonly Offer[] = []): number {
  return isOpen ? payableFrom(left, offers) : 0;
}

/**
 * Tells what a budget could pay out where that is not what was told last. Its benefits, told of by
 * themselves before budgets were, are told of once more with the first time.
 */
export async function tellBudget(
  { store }: Pick<RewardsDeps, 'store'>,
  tx: Transaction<RewardsDatabase>,
  budgetId: string,
  requestId: string,
): Promise<void> {
  const budget = await lockBudgetFunding(tx, budgetId);
  if (!budget) return;
  const { programmeId, toldPoints, version } = budget;
  const fundedPoints = payableOf(budget, (await listOffers(tx, [budgetId])).get(budgetId));
  if (fundedPoints === toldPoints) return;
  await keepToldPoints(tx, budgetId, fundedPoints);
  const funding = { benefitId: budgetId, programmeId, fundedPoints, version: version + 1 };
  const events: OutgoingEvent[] = [outgoing(fundingChanged, funding)];
  if (toldPoints === null) {
    for (const id of await raiseToldBenefits(tx, budgetId)) events.push(await fundingOf(tx, id));
  }
  await appendEvents(tx, store, events, requestId);
}

/**
 * Looks at what each budget could pay out. Redemptions, offers and top-ups change it without telling,
 * so that those who redeem at once do not wait for one another, nor lock budgets after benefits.
 */
export async function tellBudgets(deps: Pick<RewardsDeps, 'store' | 'log'>): Promise<void> {
  const { store, log } = deps;
  for (let after: string | null = null; ; ) {
    const budgets = await listTellableBudgets(store.db, after, batchSize);
    const offers = await listOffers(
      store.db,
      budgets.map(({ id }) => id),
    );
    const changed = budgets.filter(
      (budget) => payableOf(budget, offers.get(budget.id)) !== budget.toldPoints,
    );
    for (const { id } of changed) {
      const tell = (tx: Transaction<RewardsDatabase>) => tellBudget(deps, tx, id, `budget-${id}`);
      await transact(store.db, tell, { isRepeatable: true }).catch((error: unknown) => {
        log.error({ err: error, budgetId: id }, 'the funding of a budget could not be told');
      });
    }
    if (changed.length > 0) store.onCommit();
    const last = budgets.at(-1);
    if (!last || budgets.length < batchSize) return;
    after = last.id;
  }
}
