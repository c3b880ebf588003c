import { actorOf, auditActor, requirePermission } from '@ddp/auth/authorize';
import { civilDateOf } from '@ddp/calendar/civil-date';
import type { setSettings as route } from '@ddp/contracts/points/settings-routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { isDuplicate } from '@ddp/db-kit/errors';
import { readNow } from '@ddp/db-kit/time';
import type { Caller } from '@ddp/service-kit/bind-route';
import { requireProgrammeArea } from '@ddp/service-kit/require-programme-area';
import type { PointsDeps } from '../deps.ts';
import { insertSettings } from '../store/settings.ts';

/** Officers over the whole programme set it from a day on; earlier versions stay for what happened under them. */
export async function setSettings(
  deps: PointsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('rules.manage', principal);
  const { store } = deps;
  const { staff, programmeId } = await requireProgrammeArea(deps, principal);
  const setBy = staff.personId;
  const command = { actor: actorOf(principal), key, name: 'set-settings', input: body };
  return runCommand(store, command, async (tx) => {
    const now = await readNow(tx, store.clock);
    if (body.fromOn < civilDateOf(now)) throw new Problem(commonProblems.dayInPast);
    const next = { ...body, programmeId, setBy };
    const version = await insertSettings(tx, store.clock, next).catch((error: unknown) => {
      throw isDuplicate(error) ? new Problem(commonProblems.conflict) : error;
    });
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'set-settings',
      objectKind: 'settings',
      objectId: `${programmeId}/${version}`,
      detail: { fromOn: body.fromOn },
    });
    return { ...body, version, setBy, setAt: now.toISOString() };
  });
}
