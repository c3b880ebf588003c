import {
  actorOf,
  auditActor,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type {
  readVolunteeringSettings as readRoute,
  setVolunteeringSettings as setRoute,
} from '@ddp/contracts/volunteering/settings-routes';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import { requireProgrammeArea } from '@ddp/service-kit/require-programme-area';
import type { VolunteeringDeps } from '../deps.ts';
import { readSettings, saveSettings } from '../store/settings.ts';

/** What holds for volunteering in the programme, for everybody who takes part. */
export function readVolunteeringSettings(
  { store }: VolunteeringDeps,
  { principal }: Caller,
): Promise<RouteResult<typeof readRoute>> {
  requirePermission('signed-in', principal);
  return readSettings(store.db, requireProgramme(requirePerson(principal)));
}

/** Officers over the whole programme set it for what happens from now on. */
export async function setVolunteeringSettings(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof setRoute>,
): Promise<RouteResult<typeof setRoute>> {
  requirePermission('rules.manage', principal);
  const { store } = deps;
  const { programmeId } = await requireProgrammeArea(deps, principal);
  const command = {
    actor: actorOf(principal),
    key,
    name: 'set-volunteering-settings',
    input: body,
  };
  return runCommand(store, command, async (tx) => {
    await saveSettings(tx, store.clock, programmeId, body);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'set-volunteering-settings',
      objectKind: 'programme',
      objectId: programmeId,
      detail: body,
    });
    return body;
  });
}
