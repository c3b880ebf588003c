import type { Permission } from '@ddp/contracts/permission';
import type { PersonPrincipal, Principal, ServicePrincipal } from '@ddp/contracts/principal';
import { commonProblems, Problem } from '@ddp/contracts/problem';
import { decidePermission } from './permission-table.ts';

/** Throws unless the principal holds the permission. */
export function requirePermission(permission: Permission, principal: Principal): void {
  const verdict = decidePermission(permission, principal);
  if (verdict === 'not-signed-in') throw new Problem(commonProblems.notSignedIn);
  if (verdict === 'forbidden') throw new Problem(commonProblems.forbidden);
}

/** The person who asks. Throws for anyone else. */
export function requirePerson(principal: Principal): PersonPrincipal {
  if (principal.kind === 'person') return principal;
  throw new Problem(
    principal.kind === 'anonymous' ? commonProblems.notSignedIn : commonProblems.forbidden,
  );
}

/** The service that asks. Throws for anyone else. */
export function requireService(principal: Principal): ServicePrincipal {
  if (principal.kind === 'service') return principal;
  throw new Problem(commonProblems.forbidden);
}

/**
 * Throws 404 unless the row's area lies in a subtree the person acts in: what is out of reach looks
 * as if it were not there.
 */
export function requireArea(principal: Principal, areaPath: string): void {
  if (principal.kind === 'service') return;
  const { areaPaths } = requirePerson(principal);
  if (!areaPaths.some((path) => areaPath.startsWith(path))) {
    throw new Problem(commonProblems.notFound);
  }
}

/** The programme over the person's area. Throws 409 where there is none. */
export function requireProgramme(principal: PersonPrincipal): string {
  if (principal.programmeId !== null) return principal.programmeId;
  throw new Problem(commonProblems.conflict, {
    detail: { zh: '您所在地区还没有开展积分方案', en: 'No programme is in force in your area' },
  });
}

/** Whose idempotency keys are whose: another actor's same key is another key. */
export function actorOf(principal: Principal): string {
  switch (principal.kind) {
    case 'person':
      return `person:${principal.personId}`;
    case 'service':
      return `service:${principal.service}`;
    case 'anonymous':
      return `device:${principal.deviceId ?? 'none'}`;
  }
}

/** The columns of an audit row that follow from the principal. */
export function auditActor(principal: Principal): {
  personId: string | null;
  role: string;
  requestId: string;
} {
  const { requestId } = principal;
  if (principal.kind === 'person') {
    return { personId: principal.personId, role: principal.role, requestId };
  }
  return { personId: null, role: principal.kind, requestId };
}
