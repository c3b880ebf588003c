import {
  actorOf,
  auditActor,
  requireArea,
  requirePermission,
  requirePerson,
  requireProgramme,
} from '@ddp/auth/authorize';
import type { assistJoining as route } from '@ddp/contracts/points/routes';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import type { Caller } from '@ddp/service-kit/bind-route';
import { readHome } from '@ddp/service-kit/read-home';
import type { PointsDeps } from '../deps.ts';
import { takeIn } from './join-programme.ts';

/** Takes somebody without a phone in, by staff of where they live, with the consent that was given. */
export async function assistJoining(
  deps: PointsDeps,
  { principal, key }: Caller,
  { body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('people.register', principal);
  const { store } = deps;
  const staff = requirePerson(principal);
  const programmeId = requireProgramme(staff);
  const { personId, consent, consentVersion } = body;
  // Nobody agrees for themselves by their post: their own account asks them.
  if (personId === staff.personId) throw new Problem(commonProblems.forbidden);
  const areaPath = await readHome(deps, personId, staff.requestId);
  requireArea(principal, areaPath);
  const command = { actor: actorOf(principal), key, name: 'assist-joining', input: body };
  return runCommand(store, command, async (tx) => {
    const joining = { programmeId, personId, areaPath };
    const joined = await takeIn(deps, tx, joining, consentVersion);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      action: 'assist-joining',
      objectKind: 'person',
      objectId: personId,
      detail: { consent: consent.kind, on: consent.on, consentVersion },
    });
    return joined;
  });
}
