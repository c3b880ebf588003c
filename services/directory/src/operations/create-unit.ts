import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { directoryProblems } from '@ddp/contracts/directory/problems';
import type { createUnit as route } from '@ddp/contracts/directory/routes';
import { Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { newId } from '@ddp/db-kit/ids';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { DirectoryDeps } from '../deps.ts';
import { isKindOfLevel } from '../domain/area-levels.ts';
import { insertUnits } from '../store/units.ts';
import { lockOpenArea } from './lock-open-area.ts';

/** Registers a station or an organization; a station's kind is that of its area's level. */
export async function createUnit(
  { store }: DirectoryDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('directory.manage', principal);
  const command = { actor: actorOf(principal), key, name: 'create-unit', input: body };
  return runCommand(store, command, async (tx) => {
    const area = await lockOpenArea(tx, principal, body.areaCode);
    if (!isKindOfLevel(body.kind, area.level)) {
      throw new Problem(directoryProblems.unitKindMismatch);
    }
    const { areaCode: _areaCode, ...told } = body;
    const unit = { ...told, id: newId(), areaPath: area.areaPath, state: 'open' as const };
    await insertUnits(tx, store.clock, [unit]);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'create-unit',
      objectKind: 'unit',
      objectId: unit.id,
    });
    return unit;
  });
}
