import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { subjectChanged } from '@ddp/contracts/directory/events';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type { createSubject as route } from '@ddp/contracts/directory/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/area-tree.ts';
import { listProgrammes } from '../store/programmes.ts';
import { insertSubjects } from '../store/subjects.ts';
import { lockOpenArea } from './lock-open-area.ts';
import { requireOpenUnit } from './require-open-unit.ts';

/** Registers a worker, an organization or a volunteer, who may then be given a code. */
export async function createSubject(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.manage', principal);
  if ((body.kind === 'organization') !== (body.personId === null)) {
    throw new Problem(directoryProblems.personRequired);
  }
  const command = { actor: actorOf(principal), key, name: 'create-subject', input: body };
  return runCommand(store, command, async (tx) => {
    const area = await lockOpenArea(tx, principal, body.areaCode);
    const unit = await requireOpenUnit(tx, body.unitId);
    const programme = nearestProgramme(area.areaPath, await listProgrammes(tx));
    const subject = {
      ...body,
      id: newId(),
      areaPath: area.areaPath,
      programmeId: programme?.id ?? null,
    };
    await insertSubjects(tx, store.clock, [subject]);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-subject',
      objectKind: 'subject',
      objectId: subject.id,
      detail: { kind: subject.kind },
    });
    const changed = outgoing(subjectChanged, { subjectId: subject.id });
    await appendEvents(tx, store, [changed], principal.requestId);
    const { areaCode: _areaCode, ...shown } = subject;
    return {
      ...shown,
      unitName: unit?.name ?? null,
      areaName: area.name,
      stage: null,
      photoId: null,
      closedReason: null,
      isActive: true,
      version: 1,
    };
  });
}
