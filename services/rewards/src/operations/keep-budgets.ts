import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
} from '@ddp/auth/authorize';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type {
  changeBudget as changeRoute,
  closeBudget as closeRoute,
  createBudget as createRoute,
  listBudgets as listRoute,
} from '@ddp/contracts/rewards/budget-routes';
import { rewardsProblems } from '@ddp/contracts/rewards/problems';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, idCursor, toPage } from '@ddp/db-kit/page';
import type { Caller } from '@ddp/service-kit/bind-route';
import { resolveArea } from '@ddp/service-kit/resolve-area';
import type { Transaction } from 'kysely';
import type { RewardsDatabase } from '../database.ts';
import type { RewardsDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/nearest-programme.ts';
import * as budgets from '../store/budgets.ts';
import { listProgrammes } from '../store/programmes.ts';
import { tellBudget } from './tell-budgets.ts';

type Shown = RouteResult<typeof createRoute>;

/** Registers what a sponsor gives to an area: no redemption is taken from it beyond its limits. */
export async function createBudget(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof createRoute>,
): Promise<Shown> {
  requirePermission('rewards.manage', principal);
  const { store } = deps;
  requireSomeLimit(body);
  const areaPath = await resolveArea(deps, body.areaCode, principal.requestId);
  requireArea(principal, areaPath);
  const programme = nearestProgramme(areaPath, await listProgrammes(store.db));
  if (!programme) throw new Problem(rewardsProblems.noProgramme);
  const command = { actor: actorOf(principal), key, name: 'create-budget', input: body };
  return runCommand(store, command, async (tx) => {
    const id = newId();
    const { sponsor, pointsLimit, centsLimit } = body;
    await budgets.insertBudget(tx, store.clock, {
      ...{ id, sponsor, areaPath, state: 'open', programmeId: programme.id },
      budgetPoints: { limit: pointsLimit, reserved: 0, spent: 0 },
      budgetCents: { limit: centsLimit, reserved: 0, spent: 0 },
    });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-budget',
      objectKind: 'budget',
      objectId: id,
      detail: { pointsLimit, centsLimit },
    });
    return readShown(tx, id);
  });
}

export async function listBudgets(
  { store }: RewardsDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('rewards.read', principal);
  const { areaPaths } = requirePerson(principal);
  const after = decodeCursor(query.cursor, idCursor);
  const rows = await budgets.listBudgets(store.db, areaPaths, after, query.limit);
  return toPage(rows, query.limit, showBudget, ({ id }) => id);
}

/** Raises or lowers a budget, never below what is set aside and spent. */
export async function changeBudget(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof changeRoute>,
): Promise<Shown> {
  requirePermission('rewards.manage', principal);
  const { store } = deps;
  const officer = requirePerson(principal);
  requireSomeLimit(body);
  const { id } = params;
  const input = { id, ...body };
  const command = { actor: actorOf(principal), key, name: 'change-budget', input };
  return runCommand(store, command, async (tx) => {
    const before = await requireOpenBudget(tx, id, officer);
    if (!(await budgets.setBudgetLimits(tx, id, body))) {
      throw new Problem(rewardsProblems.budgetBelowUse);
    }
    await tellBudget(deps, tx, id, principal.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'change-budget',
      objectKind: 'budget',
      objectId: id,
      detail: { ...body, before: [before.budgetPoints.limit, before.budgetCents.limit] },
    });
    return readShown(tx, id);
  });
}

/** Closes a budget to new redemptions; what is set aside may still be spent or come back. */
export async function closeBudget(
  deps: RewardsDeps,
  { principal, key }: Caller,
  { params }: RouteRequest<typeof closeRoute>,
): Promise<Shown> {
  requirePermission('rewards.manage', principal);
  const { store } = deps;
  const officer = requirePerson(principal);
  const { id } = params;
  const command = { actor: actorOf(principal), key, name: 'close-budget', input: params };
  return runCommand(store, command, async (tx) => {
    await requireOpenBudget(tx, id, officer);
    if (!(await budgets.closeBudget(tx, id))) throw new Problem(commonProblems.conflict);
    await tellBudget(deps, tx, id, principal.requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'close-budget',
      objectKind: 'budget',
      objectId: id,
    });
    return readShown(tx, id);
  });
}

async function requireOpenBudget(
  tx: Transaction<RewardsDatabase>,
  id: string,
  { areaPaths }: PersonPrincipal,
): Promise<budgets.StoredBudget> {
  const budget = await budgets.findBudget(tx, id, areaPaths);
  if (!budget) throw new Problem(commonProblems.notFound);
  if (budget.state !== 'open') throw new Problem(commonProblems.conflict);
  return budget;
}

function requireSomeLimit(limits: { pointsLimit: number | null; centsLimit: number | null }): void {
  if (limits.pointsLimit !== null || limits.centsLimit !== null) return;
  const message = { zh: '至少填写一项限额', en: 'give at least one limit' };
  throw new Problem(commonProblems.invalidRequest, {
    errors: [{ pointer: '/pointsLimit', message }],
  });
}

async function readShown(tx: Transaction<RewardsDatabase>, id: string): Promise<Shown> {
  const budget = await budgets.findBudget(tx, id);
  if (!budget) throw new Error('the budget just written is not there');
  return showBudget(budget);
}

function showBudget({ programmeId: _programmeId, ...shown }: budgets.StoredBudget): Shown {
  return shown;
}
