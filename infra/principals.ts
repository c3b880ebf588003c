import { randomUUID } from 'node:crypto';
import { parseMasterKeys } from '@ddp/auth/keys';
import { createPrincipalSigner, principalHeader } from '@ddp/auth/principal-token';
import { systemClock } from '@ddp/calendar/clock';
import { call } from '@ddp/contracts/call';
import type { Role } from '@ddp/contracts/permission';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import type { ServiceName } from '@ddp/contracts/service-name';
import { newId } from '@ddp/db-kit/ids';

const requestId = 'bench-request';
/** Half of what a signed principal lives. */
const renewAfterMs = 30_000;

/** A person of a role, as the gateway would tell a service. */
export function personAs(
  role: Role,
  scope: { areaPath: string; programmeId?: string | null; personId?: string },
): PersonPrincipal {
  return {
    kind: 'person',
    personId: scope.personId ?? newId(),
    sessionId: newId(),
    role,
    areaPaths: [scope.areaPath],
    programmeId: scope.programmeId ?? null,
    merchantId: null,
    requestId,
  };
}

/** Another service, as it calls one. */
export function serviceAs(service: ServiceName): Principal {
  return { kind: 'service', service, onBehalfOf: null, requestId };
}

/** Signs for one service with the master key that its process was given. */
export function createSigner(masterKey: string, audience: ServiceName) {
  const sign = createPrincipalSigner(parseMasterKeys(masterKey), audience);
  return (principal: Principal): Record<string, string> => ({
    [principalHeader]: sign(principal, systemClock.now().getTime()),
  });
}

/** The header of one principal, signed anew before it expires. */
export function createSteadySigner(masterKey: string, audience: ServiceName, principal: Principal) {
  const sign = createSigner(masterKey, audience);
  let headers = sign(principal);
  let signedAtMs = performance.now();
  return (): Record<string, string> => {
    if (performance.now() - signedAtMs > renewAfterMs) {
      headers = sign(principal);
      signedAtMs = performance.now();
    }
    return headers;
  };
}

/** Calls routes at the services' own ports as whoever it is told. */
export function createCaller(masterKey: string, urls: Partial<Record<ServiceName, string>>) {
  return <R extends RouteDefinition>(
    principal: Principal,
    route: R,
    input: RouteInput<R>,
  ): Promise<RouteResult<R>> =>
    call(route, input, {
      baseUrl: urls[route.service] ?? '',
      idempotencyKey: randomUUID(),
      headers: createSigner(masterKey, route.service)(principal),
    });
}

export type Caller = ReturnType<typeof createCaller>;
