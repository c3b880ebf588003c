import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type {
  changeGrid as changeRoute,
  closeGrid as closeRoute,
  createGrid as createRoute,
  listGrids as listRoute,
} from '@ddp/contracts/directory/grid-routes';
import type { Grid } from '@ddp/contracts/directory/grids';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { decodeCursor, toPage } from '@ddp/db-kit/page';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { adviseGrid } from '../domain/grid-advice.ts';
import { keepPast } from '../store/area-past.ts';
import * as grids from '../store/grids.ts';
import { touchSubjectsOfArea } from '../store/subjects.ts';
import { lockOpenArea } from './lock-open-area.ts';
import { readScope } from './read-scope.ts';
import { tellSubjects } from './tell-subjects.ts';

type Tx = Transaction<DirectoryDatabase>;

/** Sets up a grid under a community; its code is the community's with a number behind it. */
export async function createGrid(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof createRoute>,
): Promise<RouteResult<typeof createRoute>> {
  requirePermission('directory.manage', principal);
  const command = { actor: actorOf(principal), key, name: 'create-grid', input: body };
  return runCommand(store, command, async (tx) => {
    const { communityCode, number, name, households } = body;
    const community = await lockOpenArea(tx, principal, communityCode);
    const code = `${communityCode}${number}`;
    if (community.level !== 'community' || code.length > 18) {
      throw new Problem(directoryProblems.parentMismatch);
    }
    const areaPath = `${community.areaPath}${code}/`;
    const grid = { code, name, communityCode, areaPath, households };
    try {
      await grids.insertGrids(tx, store.clock, [grid]);
    } catch (error) {
      if (isDuplicate(error)) throw new Problem(directoryProblems.gridCodeTaken);
      throw error;
    }
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-grid',
      objectKind: 'area',
      objectId: code,
      detail: { households },
    });
    return { ...grid, state: 'open', advice: adviseGrid(households) };
  });
}

/** Changes the name of a grid and the number of its households. */
export async function changeGrid(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof changeRoute>,
): Promise<RouteResult<typeof changeRoute>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'change-grid', input };
  return runCommand(store, command, async (tx) => {
    const grid = await requireOpenGrid(tx, params.code, areaPaths);
    if (grid.name !== body.name) {
      const change = { id: newId(), kind: 'renamed' as const, reason: '' };
      await keepPast(tx, store.clock, change, { codes: [grid.code] });
      const subjects = await touchSubjectsOfArea(tx, grid.code);
      await tellSubjects(tx, store, subjects, principal.requestId);
    }
    await grids.updateGrid(tx, grid.code, body);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'change-grid',
      objectKind: 'area',
      objectId: grid.code,
      detail: { households: body.households, isRenamed: grid.name !== body.name },
    });
    return { ...grid, ...body, advice: adviseGrid(body.households) };
  });
}

/** Closes a grid in which nothing is alive any more; its code is not given again. */
export async function closeGrid(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof closeRoute>,
): Promise<RouteResult<typeof closeRoute>> {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'close-grid', input };
  return runCommand(store, command, async (tx) => {
    const grid = await requireOpenGrid(tx, params.code, areaPaths);
    const today = civilDateOf(await readNow(tx, store.clock));
    if (await grids.isAreaInUse(tx, grid.areaPath, today)) {
      throw new Problem(directoryProblems.areaInUse);
    }
    const change = { id: newId(), kind: 'closed' as const, reason: body.reason };
    await keepPast(tx, store.clock, change, { codes: [grid.code] });
    await grids.updateGrid(tx, grid.code, { state: 'closed' });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'close-grid',
      objectKind: 'area',
      objectId: grid.code,
    });
    return { ...grid, state: 'closed' };
  });
}

export async function listGrids(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { query }: RouteRequest<typeof listRoute>,
): Promise<RouteResult<typeof listRoute>> {
  requirePermission('directory.read', principal);
  const after = decodeCursor(query.cursor, /^[0-9]{4,18}$/);
  const scope = await readScope(store.db, principal, query.areaCode);
  const rows = await grids.listGrids(store.db, scope, query, after, query.limit);
  return toPage(
    rows,
    query.limit,
    (grid) => grid,
    (grid) => grid.code,
  );
}

async function requireOpenGrid(tx: Tx, code: string, areaPaths: readonly string[]): Promise<Grid> {
  const grid = await grids.lockGrid(tx, code, areaPaths);
  if (!grid) throw new Problem(commonProblems.notFound);
  if (grid.state !== 'open') throw new Problem(directoryProblems.areaClosed);
  return grid;
}
