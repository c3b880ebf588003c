import { actorOf, auditActor, requireArea, requirePermission } from '@ddp/auth/authorize';
import type { createUnit as route } from '@ddp/contracts/directory/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { findArea } from '../store/areas.ts';
import { insertUnit } from '../store/units.ts';

export async function createUnit(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.manage', principal);
  const command = { actor: actorOf(principal), key, name: 'create-unit', input: body };
  return runCommand(store, command, async (tx) => {
    const area = await findArea(tx, body.areaCode);
    if (!area) throw new Problem(commonProblems.unknownArea);
    requireArea(principal, area.areaPath);
    const unit = { id: newId(), name: body.name, kind: body.kind, areaPath: area.areaPath };
    await insertUnit(tx, store.clock, unit);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-unit',
      objectKind: 'unit',
      objectId: unit.id,
    });
    return unit;
  });
}
