import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import { areaMoved, programmeChanged } from '@ddp/contracts/directory/events';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type {
  mergeArea as mergeRoute,
  moveArea as moveRoute,
} from '@ddp/contracts/directory/relocation-routes';
import type { Relocation } from '@ddp/contracts/directory/relocations';
import type { Area } from '@ddp/contracts/directory/schemas';
import { commonProblems, Problem, type ProblemDefinition } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { decideMerge, decideMove, type RelocationRefusal } from '../domain/relocation.ts';
import { keepPast } from '../store/area-past.ts';
import { lockAreas } from '../store/areas.ts';
import { listProgrammes } from '../store/programmes.ts';
import * as relocations from '../store/relocations.ts';

type Tx = Transaction<DirectoryDatabase>;
type Kind = Relocation['kind'];

/** Areas that change at once, in one transaction. */
const mostAreas = 5_000;

const problemOf: Record<RelocationRefusal, ProblemDefinition> = {
  'area-closed': directoryProblems.areaClosed,
  'area-inside-itself': directoryProblems.areaInsideItself,
  'parent-mismatch': directoryProblems.parentMismatch,
  'same-parent': directoryProblems.sameParent,
  'programme-conflict': directoryProblems.programmeConflict,
};

/** Puts an area, with everything under it, under another parent. */
export async function moveArea(
  deps: DirectoryDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof moveRoute>,
): Promise<RouteResult<typeof moveRoute>> {
  const { newParentCode, reason } = body;
  return relocate(deps, caller, 'move', {
    areaCode: params.code,
    targetCode: newParentCode,
    reason,
  });
}

/** Closes an area and lets everything in it go on in another. */
export async function mergeArea(
  deps: DirectoryDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof mergeRoute>,
): Promise<RouteResult<typeof mergeRoute>> {
  const { intoCode, reason } = body;
  return relocate(deps, caller, 'merge', { areaCode: params.code, targetCode: intoCode, reason });
}

/**
 * The tree of areas changes here, at once; the rows that stand in them follow in bounded steps, and
 * other services by the event. One change is followed everywhere before the next begins, so that no
 * path is ever rewritten in the wrong order.
 */
async function relocate(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  kind: Kind,
  input: { areaCode: string; targetCode: string; reason: string },
): Promise<Relocation> {
  requirePermission('areas.manage', principal);
  const command = { actor: actorOf(principal), key, name: `${kind}-area`, input };
  return runCommand(store, command, async (tx) => {
    const areas = await lockAreas(tx, [input.areaCode, input.targetCode]);
    const area = areas.get(input.areaCode);
    const target = areas.get(input.targetCode);
    if (!area) throw new Problem(commonProblems.notFound);
    requireArea(principal, area.areaPath);
    if (!target) throw new Problem(commonProblems.unknownArea);
    requireArea(principal, target.areaPath);
    const newPath = await decide(tx, kind, area, target);
    const one = { ...input, id: newId(), kind, oldPath: area.areaPath, newPath };
    const programmes = await changeTree(tx, store.clock, one);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: `${kind}-area`,
      objectKind: 'area',
      objectId: area.code,
      detail: { relocationId: one.id, oldPath: one.oldPath, newPath },
    });
    const { areaCode, oldPath } = one;
    const events = [
      outgoing(areaMoved, { areaCode, oldPath, newPath, round: 'first' }),
      ...programmes.map((programmeId) => outgoing(programmeChanged, { programmeId })),
    ];
    await appendEvents(tx, store, events, principal.requestId);
    return relocations.readRelocation(tx, one.id);
  });
}

async function decide(tx: Tx, kind: Kind, area: Area, target: Area): Promise<string> {
  const programmes = await listProgrammes(tx);
  const rule = kind === 'move' ? decideMove : decideMerge;
  const decision = rule(area, target, programmes);
  if ('refusal' in decision) throw new Problem(problemOf[decision.refusal]);
  const count = await relocations.countAreas(tx, area.areaPath, mostAreas);
  if (count > mostAreas) throw new Problem(directoryProblems.areaTooLarge);
  return decision.newPath;
}

/** Returns the programmes that went along. */
async function changeTree(
  tx: Tx,
  clock: DirectoryDeps['store']['clock'],
  one: relocations.NewRelocation,
): Promise<string[]> {
  try {
    await relocations.insertRelocation(tx, clock, one);
  } catch (error) {
    if (isDuplicate(error)) throw new Problem(directoryProblems.relocationUnderWay);
    throw error;
  }
  const kind = one.kind === 'move' ? ('moved' as const) : ('merged' as const);
  const change = { id: one.id, kind, reason: one.reason };
  await keepPast(tx, clock, change, { subtree: one.oldPath });
  await relocations.rewriteAreas(tx, one);
  return relocations.rewriteProgrammes(tx, one);
}
