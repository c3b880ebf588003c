import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import type {
  changeUnit as changeRoute,
  readUnit as readRoute,
  setUnitState as stateRoute,
} from '@ddp/contracts/directory/unit-routes';
import type { Unit } from '@ddp/contracts/directory/units';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Kysely, Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { areaCodeOf } from '../domain/area-tree.ts';
import { touchSubjectsOfUnit } from '../store/subjects.ts';
import { changeUnitState, listUnitStates } from '../store/unit-states.ts';
import { findUnit, lockUnit, updateUnit } from '../store/units.ts';
import { lockOpenArea } from './lock-open-area.ts';
import { tellSubjects } from './tell-subjects.ts';

export async function readUnit(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof readRoute>,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('directory.read', principal);
  const unit = await findUnit(store.db, params.id, requirePerson(principal).areaPaths);
  if (!unit) throw new Problem(commonProblems.notFound);
  return withStates(store.db, unit);
}

/** Changes what is told of a unit; the cards of its subjects follow a new name. */
export async function changeUnit(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof changeRoute>,
): Promise<RouteResult<typeof changeRoute>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'change-unit', input };
  return runCommand(store, command, async (tx) => {
    const unit = await requireUnit(tx, params.id, areaPaths);
    await updateUnit(tx, unit.id, body);
    const subjects = unit.name === body.name ? [] : await touchSubjectsOfUnit(tx, unit.id);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'change-unit',
      objectKind: 'unit',
      objectId: unit.id,
      detail: { isRenamed: unit.name !== body.name },
    });
    await tellSubjects(tx, store, subjects, principal.requestId);
    return { ...unit, ...body };
  });
}

/** Opens or closes a unit from a day on; the history says when and why. */
export async function setUnitState(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof stateRoute>,
): Promise<RouteResult<typeof stateRoute>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'set-unit-state', input };
  return runCommand(store, command, async (tx) => {
    const unit = await requireUnit(tx, params.id, areaPaths);
    if (unit.state === body.state) throw new Problem(commonProblems.conflict);
    if (body.state === 'open') await lockOpenArea(tx, principal, areaCodeOf(unit.areaPath));
    await changeUnitState(tx, store.clock, unit.id, body);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'set-unit-state',
      objectKind: 'unit',
      objectId: unit.id,
      detail: { state: body.state, onDate: body.onDate },
    });
    return withStates(tx, { ...unit, state: body.state });
  });
}

async function requireUnit(
  tx: Transaction<DirectoryDatabase>,
  id: string,
  areaPaths: readonly string[],
): Promise<Unit> {
  const unit = await lockUnit(tx, id, areaPaths);
  if (!unit) throw new Problem(commonProblems.notFound);
  return unit;
}

async function withStates(db: Kysely<DirectoryDatabase>, unit: Unit) {
  return { ...unit, states: await listUnitStates(db, unit.id) };
}
