import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { subjectChanged } from '@ddp/contracts/directory/events';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type {
  changeSubject as changeRoute,
  closeSubject as closeRoute,
  setStage as stageRoute,
  listStages as stagesRoute,
  transferSubject as transferRoute,
} from '@ddp/contracts/directory/subject-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { Transaction } from 'kysely';
import type { DirectoryDatabase } from '../database.ts';
import type { DirectoryDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/area-tree.ts';
import { isNextStage } from '../domain/organization-stage.ts';
import { listProgrammes } from '../store/programmes.ts';
import * as stages from '../store/stages.ts';
import {
  findSubject,
  lockSubject,
  type StoredSubject,
  type SubjectChange,
  shownSubject,
  updateSubject,
} from '../store/subjects.ts';
import { lockOpenArea } from './lock-open-area.ts';
import { requireOpenUnit } from './require-open-unit.ts';

type Tx = Transaction<DirectoryDatabase>;

/** Changes the name or the line under it. */
export async function changeSubject(
  deps: DirectoryDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof changeRoute>,
): Promise<RouteResult<typeof changeRoute>> {
  return alterSubject(
    deps,
    caller,
    'change-subject',
    { ...params, ...body },
    async (_tx, subject) => {
      requireActive(subject);
      return { change: body, detail: { isRenamed: subject.name !== body.name } };
    },
  );
}

/** Brings a subject to another unit or area, and under the programme there. */
export async function transferSubject(
  deps: DirectoryDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof transferRoute>,
): Promise<RouteResult<typeof transferRoute>> {
  const input = { ...params, ...body };
  return alterSubject(deps, caller, 'transfer-subject', input, async (tx, subject) => {
    requireActive(subject);
    const { unitId, areaCode } = body;
    const { areaPath } = await lockOpenArea(tx, caller.principal, areaCode);
    await requireOpenUnit(tx, unitId);
    const programmeId = nearestProgramme(areaPath, await listProgrammes(tx))?.id ?? null;
    const change = { unitId, place: { areaCode, areaPath, programmeId } };
    return { change, detail: { from: subject.areaCode, to: areaCode } };
  });
}

/** Closes a subject for good: its codes stop, nobody rates it any more. */
export async function closeSubject(
  deps: DirectoryDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof closeRoute>,
): Promise<RouteResult<typeof closeRoute>> {
  const input = { ...params, ...body };
  return alterSubject(deps, caller, 'close-subject', input, async (_tx, subject) => {
    requireActive(subject);
    return { change: { isActive: false, closedReason: body.reason }, detail: {} };
  });
}

/** Takes an organization to another stage; one that is dissolved is closed with it. */
export async function setStage(
  deps: DirectoryDeps,
  caller: Caller,
  { params, body }: RouteRequest<typeof stageRoute>,
): Promise<RouteResult<typeof stageRoute>> {
  const input = { ...params, ...body };
  return alterSubject(deps, caller, 'set-stage', input, async (tx, subject) => {
    if (subject.kind !== 'organization') throw new Problem(directoryProblems.notAnOrganization);
    const { stage } = body;
    if (!isNextStage(subject.stage ?? null, stage)) {
      throw new Problem(directoryProblems.stageNotNext);
    }
    await stages.insertStage(tx, deps.store.clock, subject.id, body);
    const change = stage === 'dissolved' ? { stage, isActive: false } : { stage };
    return { change, detail: { from: subject.stage ?? 'none', to: stage } };
  });
}

export async function listStages(
  { store }: DirectoryDeps,
  { principal }: Caller,
  { params }: RouteRequest<typeof stagesRoute>,
): Promise<RouteResult<typeof stagesRoute>> {
  requirePermission('directory.read', principal);
  const subject = await findSubject(store.db, params.id, requirePerson(principal).areaPaths);
  if (!subject) throw new Problem(commonProblems.notFound);
  return { items: await stages.listStages(store.db, subject.id) };
}

/** The steps that every change of a subject has; `decide` says what changes, or throws. */
export async function alterSubject(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  name: string,
  input: { id: string },
  decide: (
    tx: Tx,
    subject: StoredSubject,
  ) => Promise<{ change: SubjectChange; detail: Record<string, unknown> }>,
) {
  requirePermission('directory.manage', principal);
  const { areaPaths } = requirePerson(principal);
  const command = { actor: actorOf(principal), key, name, input };
  return runCommand(store, command, async (tx) => {
    const subject = await lockSubject(tx, input.id, areaPaths);
    if (!subject) throw new Problem(commonProblems.notFound);
    const { change, detail } = await decide(tx, subject);
    await updateSubject(tx, subject.id, change);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: name,
      objectKind: 'subject',
      objectId: subject.id,
      detail,
    });
    const changed = outgoing(subjectChanged, { subjectId: subject.id });
    await appendEvents(tx, store, [changed], principal.requestId);
    const after = await findSubject(tx, subject.id);
    if (!after) throw new Problem(commonProblems.notFound);
    return shownSubject(after);
  });
}

export function requireActive({ isActive }: StoredSubject): void {
  if (!isActive) throw new Problem(directoryProblems.subjectClosed);
}
