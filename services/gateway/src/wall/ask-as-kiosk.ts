import { principalHeader } from '@ddp/auth/principal-token';
import { call } from '@ddp/contracts/call';
import type { KioskPrincipal } from '@ddp/contracts/identity/kiosks';
import type { PersonPrincipal } from '@ddp/contracts/principal';
import type { RouteDefinition, RouteInput, RouteResult } from '@ddp/contracts/route';
import { requestIdHeader } from '@ddp/service-kit/request-state';
import type { GatewayDeps } from '../deps.ts';
import { within } from '../within.ts';

/** Reads one route for a screen. */
export type Ask = <R extends RouteDefinition>(
  route: R,
  input: RouteInput<R>,
) => Promise<RouteResult<R>>;

const deadlineMs = 3_000;

/**
 * A screen reads as an auditor of its area would: the services decide what that is, and nothing can
 * be changed.
 */
export function askAsKiosk(
  { peerOf, signers, clock }: Pick<GatewayDeps, 'peerOf' | 'signers' | 'clock'>,
  kiosk: KioskPrincipal,
  requestId: string = crypto.randomUUID(),
): Ask {
  const principal: PersonPrincipal = {
    kind: 'person',
    personId: kiosk.personId,
    sessionId: kiosk.kioskId,
    role: 'auditor',
    areaPaths: [kiosk.areaPath],
    programmeId: kiosk.programmeId,
    merchantId: null,
    requestId,
  };
  return async (route, input) => {
    if (route.method !== 'GET') throw new Error(`a screen only reads, not ${route.name}`);
    const { baseUrl, fetch } = peerOf(route.service);
    const token = signers[route.service](principal, clock.now().getTime() - clock.offsetMs());
    const answer = call(route, input, {
      baseUrl,
      fetch,
      signal: AbortSignal.timeout(deadlineMs),
      headers: { [principalHeader]: token, [requestIdHeader]: requestId },
    });
    return within(deadlineMs, answer);
  };
}
