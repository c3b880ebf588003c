import type { Budget } from '@ddp/contracts/rewards/budgets';
import { toSafeInteger } from '@ddp/db-kit/amounts';
import { binaryToId, idToBinary } from '@ddp/db-kit/ids';
import { type AreaScope, everywhere, selectScoped } from '@ddp/db-kit/scope';
import { type ClockOffset, sqlNow } from '@ddp/db-kit/time';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { BudgetLeft } from '../domain/plan-reservations.ts';

type Db = Kysely<RewardsDatabase>;

export interface StoredBudget extends Budget {
  programmeId: string;
}

const orNull = (value: number | null) => (value === null ? null : toSafeInteger(value));

function toBudget(row: Selectable<RewardsDatabase['rewards_budget']>): StoredBudget {
  return {
    id: binaryToId(row.id),
    programmeId: binaryToId(row.programme_id),
    sponsor: row.sponsor,
    areaPath: row.area_path,
    budgetPoints: {
      limit: orNull(row.points_limit),
      reserved: toSafeInteger(row.points_reserved),
      spent: toSafeInteger(row.points_spent),
    },
    budgetCents: {
      limit: orNull(row.cents_limit),
      reserved: toSafeInteger(row.cents_reserved),
      spent: toSafeInteger(row.cents_spent),
    },
    state: row.state as Budget['state'],
  };
}

export async function insertBudget(
  tx: Db,
  clock: ClockOffset,
  budget: StoredBudget,
): Promise<void> {
  await tx
    .insertInto('rewards_budget')
    .values({
      id: idToBinary(budget.id),
      programme_id: idToBinary(budget.programmeId),
      sponsor: budget.sponsor,
      area_path: budget.areaPath,
      points_limit: budget.budgetPoints.limit,
      points_reserved: 0,
      points_spent: 0,
      cents_limit: budget.budgetCents.limit,
      cents_reserved: 0,
      cents_spent: 0,
      state: budget.state,
      created_at: sqlNow(clock),
      funding_version: 1,
      told_points: 0,
    })
    .execute();
}

export async function findBudget(
  db: Db,
  id: string,
  scope: AreaScope = everywhere,
): Promise<StoredBudget | null> {
  const row = await selectScoped(db, 'rewards_budget', scope)
    .selectAll()
    .where('id', '=', idToBinary(id))
    .executeTakeFirst();
  return row ? toBudget(row) : null;
}

/** Newest first, one more than the limit. */
export async function listBudgets(
  db: Db,
  scope: AreaScope,
  after: string | null,
  limit: number,
): Promise<StoredBudget[]> {
  let query = selectScoped(db, 'rewards_budget', scope).selectAll();
  if (after !== null) query = query.where('id', '<', idToBinary(after));
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(toBudget);
}

/** Sets the limits of an open budget; false when they are less than what is taken, or it is closed. */
export async function setBudgetLimits(
  tx: Db,
  id: string,
  limits: { pointsLimit: number | null; centsLimit: number | null },
): Promise<boolean> {
  const { pointsLimit, centsLimit } = limits;
  let query = tx
    .updateTable('rewards_budget')
    .set({ points_limit: pointsLimit, cents_limit: centsLimit })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'open');
  if (pointsLimit !== null) {
    query = query.where(sql<boolean>`points_reserved + points_spent <= ${pointsLimit}`);
  }
  if (centsLimit !== null) {
    query = query.where(sql<boolean>`cents_reserved + cents_spent <= ${centsLimit}`);
  }
  const { numUpdatedRows } = await query.executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Closes a budget; false when it is closed. What is reserved may still be spent or come back. */
export async function closeBudget(tx: Db, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_budget')
    .set({ state: 'closed' })
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'open')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface Amount {
  points: number;
  cents: number;
}

/** Locks budgets in order of their ids, and tells what is left of each. */
export async function lockBudgetsLeft(
  tx: Db,
  ids: readonly string[],
): Promise<Map<string, BudgetLeft>> {
  if (ids.length === 0) return new Map();
  return toLeft(await selectByIds(tx, ids).forUpdate().execute());
}

/** The same without locks: for an early answer, the reservation decides. */
export async function readBudgetsLeft(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, BudgetLeft>> {
  if (ids.length === 0) return new Map();
  return toLeft(await selectByIds(db, ids).execute());
}

const selectByIds = (db: Db, ids: readonly string[]) =>
  selectScoped(db, 'rewards_budget', everywhere)
    .selectAll()
    .where('id', 'in', ids.map(idToBinary))
    .orderBy('id');

function toLeft(rows: readonly Selectable<RewardsDatabase['rewards_budget']>[]) {
  const leftOf = ({ limit, reserved, spent }: Budget['budgetPoints']) =>
    limit === null ? null : limit - reserved - spent;
  return new Map(
    rows
      .map(toBudget)
      .map(({ id, state, budgetPoints, budgetCents }): [string, BudgetLeft] => [
        id,
        { isOpen: state === 'open', points: leftOf(budgetPoints), cents: leftOf(budgetCents) },
      ]),
  );
}

/** Sets an amount aside; false when the budget is closed or has not that much left. */
export async function reserveBudget(
  tx: Db,
  id: string,
  { points, cents }: Amount,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('rewards_budget')
    .set((eb) => ({
      points_reserved: eb('points_reserved', '+', points),
      cents_reserved: eb('cents_reserved', '+', cents),
    }))
    .where('id', '=', idToBinary(id))
    .where('state', '=', 'open')
    .where(
      sql<boolean>`(points_limit IS NULL
        OR points_reserved + points_spent + ${points} <= points_limit)`,
    )
    .where(
      sql<boolean>`(cents_limit IS NULL
        OR cents_reserved + cents_spent + ${cents} <= cents_limit)`,
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Moves an amount that was set aside: to `spent` with a verification, to `free` with another end, and
 * from `spent` back to `reserved` where a verification is undone. False when it is not there.
 */
export async function moveBudget(
  tx: Db,
  id: string,
  { points, cents }: Amount,
  from: 'reserved' | 'spent',
  to: 'free' | 'spent' | 'reserved',
): Promise<boolean> {
  const change = (unit: 'points' | 'cents', amount: number) => ({
    [`${unit}_${from}`]: sql<number>`${sql.ref(`${unit}_${from}`)} - ${amount}`,
    ...(to === 'free'
      ? {}
      : { [`${unit}_${to}`]: sql<number>`${sql.ref(`${unit}_${to}`)} + ${amount}` }),
  });
  const { numUpdatedRows } = await tx
    .updateTable('rewards_budget')
    .set({ ...change('points', points), ...change('cents', cents) })
    .where('id', '=', idToBinary(id))
    .where(`points_${from}`, '>=', points)
    .where(`cents_${from}`, '>=', cents)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Open budgets by their sponsor within a scope, for the rows of a table. */
export async function listBudgetsOf(
  db: Db,
  scope: AreaScope,
  sponsors: readonly string[],
): Promise<StoredBudget[]> {
  if (sponsors.length === 0) return [];
  const rows = await selectScoped(db, 'rewards_budget', scope)
    .selectAll()
    .where('sponsor', 'in', sponsors)
    .where('state', '=', 'open')
    .execute();
  return rows.map(toBudget);
}

/** Whether a budget may pay for a benefit: open, of its programme, over its area. */
export function isBudgetFor(
  budget: StoredBudget,
  of: { areaPath: string; programmeId: string },
): boolean {
  const isOver = of.areaPath.startsWith(budget.areaPath);
  return budget.state === 'open' && budget.programmeId === of.programmeId && isOver;
}

/** The sponsors of some budgets. */
export async function readSponsors(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await selectScoped(db, 'rewards_budget', everywhere)
    .select(['id', 'sponsor'])
    .where('id', 'in', ids.map(idToBinary))
    .execute();
  return new Map(rows.map((row) => [binaryToId(row.id), row.sponsor]));
}
