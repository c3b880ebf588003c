import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { everywhere, selectScoped } from '@ddp/db-kit/scope';
import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { Left, Offer } from '../domain/payable.ts';

type Db = Kysely<RewardsDatabase>;

/** What a budget has left, and what was told last of what it could pay out. */
export interface BudgetFunding {
  id: string;
  programmeId: string;
  isOpen: boolean;
  left: Left;
  toldPoints: number | null;
  version: number;
}

function selectFunding(db: Db) {
  return selectScoped(db, 'rewards_budget', everywhere).select([
    ...(['id', 'programme_id', 'state', 'told_points', 'funding_version'] as const),
    ...(['points_limit', 'points_reserved', 'points_spent'] as const),
    ...(['cents_limit', 'cents_reserved', 'cents_spent'] as const),
  ]);
}

type Row =
  ReturnType<typeof selectFunding> extends SelectQueryBuilder<infer _D, infer _T, infer R>
    ? R
    : never;

function toFunding(row: Row): BudgetFunding {
  const leftOf = (unit: 'points' | 'cents') => {
    const limit = row[`${unit}_limit`];
    const taken = toSafeInteger(row[`${unit}_reserved`]) + toSafeInteger(row[`${unit}_spent`]);
    return limit === null ? null : toSafeInteger(limit) - taken;
  };
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    isOpen: row.state === 'open',
    left: { points: leftOf('points'), cents: leftOf('cents') },
    toldPoints: row.told_points === null ? null : toSafeInteger(row.told_points),
    version: row.funding_version,
  };
}

/** Budgets that can pay something out, or of which something else was told last; by id. */
export async function listTellableBudgets(
  db: Db,
  after: string | null,
  limit: number,
): Promise<BudgetFunding[]> {
  let query = selectFunding(db).where((eb) =>
    eb.or([eb('state', '=', 'open'), eb('told_points', 'is', null), eb('told_points', '<>', 0)]),
  );
  if (after !== null) query = query.where('id', '>', idToBinary(after));
  return (await query.orderBy('id').limit(limit).execute()).map(toFunding);
}

export async function lockBudgetFunding(tx: Db, id: string): Promise<BudgetFunding | null> {
  const row = await selectFunding(tx)
    .where('id', '=', idToBinary(id))
    .forUpdate()
    .executeTakeFirst();
  return row ? toFunding(row) : null;
}

/** What is on offer of the benefits that some budgets pay for, by budget. */
export async function listOffers(db: Db, budgetIds: readonly string[]) {
  const offers = new Map<string, Offer[]>();
  if (budgetIds.length === 0) return offers;
  const rows = await selectScoped(db, 'rewards_benefit', everywhere)
    .select(['budget_id', 'price_points', 'unit_value_cents', 'available'])
    .where('budget_id', 'in', budgetIds.map(idToBinary))
    .where('state', '=', 'published')
    .where('available', '>', 0)
    .execute();
  for (const row of rows) {
    const budgetId = row.budget_id === null ? '' : binaryToId(row.budget_id);
    const offer = {
      pricePoints: toSafeInteger(row.price_points),
      unitValueCents: toSafeInteger(row.unit_value_cents),
      pieces: toSafeInteger(row.available),
    };
    offers.set(budgetId, [...(offers.get(budgetId) ?? []), offer]);
  }
  return offers;
}

/** Keeps what is told of a locked budget, under the next version. */
export async function keepToldPoints(tx: Db, id: string, toldPoints: number): Promise<void> {
  await tx
    .updateTable('rewards_budget')
    .set((eb) => ({ told_points: toldPoints, funding_version: eb('funding_version', '+', 1) }))
    .where('id', '=', idToBinary(id))
    .execute();
}

/** Raises the version of what was told of a budget's benefits before budgets were told of; whose. */
export async function raiseToldBenefits(tx: Db, budgetId: string): Promise<string[]> {
  const ofBudget = idToBinary(budgetId);
  await tx
    .updateTable('rewards_benefit')
    .set((eb) => ({ funding_version: eb('funding_version', '+', 1) }))
    .where('budget_id', '=', ofBudget)
    .where('funding_version', '>', 0)
    .execute();
  const rows = await selectScoped(tx, 'rewards_benefit', everywhere)
    .select('id')
    .where('budget_id', '=', ofBudget)
    .where('funding_version', '>', 0)
    .execute();
  return rows.map(({ id }) => binaryToId(id));
}
