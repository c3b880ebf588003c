import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { programmeChanged, subjectChanged } from '@ddp/contracts/directory/events';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type { startProgramme as route } from '@ddp/contracts/directory/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { nearestProgramme } from '../domain/area-tree.ts';
import { findArea } from '../store/areas.ts';
import { insertProgramme, listProgrammes } from '../store/programmes.ts';
import { listSubjectPaths, moveSubjectToProgramme } from '../store/subjects.ts';

/** Puts a programme in force over an area; the subjects under it come to belong to it. */
export async function startProgramme(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('areas.manage', principal);
  const command = { actor: actorOf(principal), key, name: 'start-programme', input: body };
  return runCommand(store, command, async (tx) => {
    const area = await findArea(tx, body.areaCode);
    if (!area) throw new Problem(commonProblems.unknownArea);
    const inForce = await listProgrammes(tx);
    if (inForce.some((programme) => programme.areaCode === area.code)) {
      throw new Problem(directoryProblems.programmeInForce);
    }
    const programme = {
      id: newId(),
      name: body.name,
      areaCode: area.code,
      areaPath: area.areaPath,
    };
    await insertProgramme(tx, store.clock, programme);
    const subjects = await listSubjectPaths(tx, area.areaPath);
    const moved = subjects.filter(
      (subject) => nearestProgramme(subject.areaPath, [...inForce, programme]) === programme,
    );
    for (const subject of moved) await moveSubjectToProgramme(tx, subject.id, programme.id);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'start-programme',
      objectKind: 'programme',
      objectId: programme.id,
      detail: { areaCode: area.code, subjects: moved.length },
    });
    const events = [
      outgoing(programmeChanged, { programmeId: programme.id }),
      ...moved.map((subject) => outgoing(subjectChanged, { subjectId: subject.id })),
    ];
    await appendEvents(tx, store, events, principal.requestId);
    return programme;
  });
}
