import { actorOf, auditActor, requirePermission, requirePerson } from '@ddp/auth/authorize';
import { noticeRequested } from '@ddp/contracts/notices/events';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { RouteRequest, RouteResult } from '@ddp/contracts/route';
import type { revokeCertificate as route } from '@ddp/contracts/volunteering/certificate-routes';
import { volunteeringProblems } from '@ddp/contracts/volunteering/problems';
import { appendAudit } from '@ddp/db-kit/audit-row';
import { runCommand } from '@ddp/db-kit/command';
import { formatShortCode } from '@ddp/qr/short-code';
import { appendEvents, outgoing } from '@ddp/queue-kit/outbox';
import type { Caller } from '@ddp/service-kit/bind-route';
import type { VolunteeringDeps } from '../deps.ts';
import * as certificates from '../store/certificates.ts';
import { lockPerson } from '../store/people.ts';
import { showLedCertificate } from './list-certificates.ts';

/** Revokes what was issued, by an officer who neither asked for it nor is on it; the reason stays. */
export async function revokeCertificate(
  deps: VolunteeringDeps,
  { principal, key }: Caller,
  { params, body }: RouteRequest<typeof route>,
): Promise<RouteResult<typeof route>> {
  requirePermission('volunteering.manage', principal);
  const { personId, areaPaths, requestId } = requirePerson(principal);
  const { store } = deps;
  const { reason } = body;
  const input = { ...params, ...body };
  const command = { actor: actorOf(principal), key, name: 'revoke-certificate', input };
  return runCommand(store, command, async (tx) => {
    const seen = await certificates.findCertificate(tx, params.id, areaPaths);
    if (!seen) throw new Problem(commonProblems.notFound);
    if (seen.personId === personId || seen.requestedBy === personId) {
      throw new Problem(volunteeringProblems.ownRevocation);
    }
    await lockPerson(tx, seen.personId);
    const by = { by: personId, reason };
    if (!(await certificates.revokeCertificate(tx, store.clock, seen.id, by))) {
      throw new Problem(commonProblems.conflict);
    }
    const told = outgoing(noticeRequested, {
      audience: { kind: 'person', personId: seen.personId },
      template: 'service-record-revoked',
      params: { number: formatShortCode(seen.number) },
    });
    await appendEvents(tx, store, [told], requestId);
    await appendAudit(tx, store, {
      ...auditActor(principal),
      ...{ action: 'revoke-certificate', objectKind: 'certificate', objectId: seen.id },
      detail: { reason },
    });
    const revoked = await certificates.findCertificate(tx, seen.id);
    if (!revoked) throw new Error('a certificate just revoked is not there');
    return showLedCertificate(deps, revoked);
  });
}
