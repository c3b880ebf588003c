import { createPrincipalSigner, principalHeader } from '@ddp/auth/principal-token';
import { call } from '@ddp/contracts/call';
import type { Role } from '@ddp/contracts/permission';
import type { Principal } from '@ddp/contracts/principal';
import {
  needsKey,
  type RouteDefinition,
  type RouteInput,
  type RouteResult,
} from '@ddp/contracts/route';
import { newId } from '@ddp/db-kit/ids';
import type { HostConfig } from '@ddp/service-kit/config';
import type { House } from '../compose.ts';

export interface ActorFields {
  personId: string;
  role: Role;
  areaPaths: string[];
  programmeId: string | null;
  merchantId?: string | null;
}

/** Somebody of the demo, who calls the services' own routes. */
export interface Actor extends ActorFields {
  call<R extends RouteDefinition>(route: R, input: RouteInput<R>): Promise<RouteResult<R>>;
}

const requestId = 'demo-generator';

/** Makes the people of the demo act without a phone in their hand, by principals of this process. */
export function createActors(house: House, host: HostConfig) {
  return (fields: ActorFields): Actor => {
    const principal: Principal = {
      kind: 'person',
      sessionId: newId(),
      requestId,
      merchantId: null,
      ...fields,
    };
    return {
      ...fields,
      call(route, input) {
        const sign = createPrincipalSigner(host.DDP_MASTER_KEY, route.service);
        return call(route, input, {
          baseUrl: `http://${route.service}.mounted`,
          fetch: house.fetchOf(route.service),
          ...(needsKey(route) ? { idempotencyKey: newId() } : {}),
          headers: { [principalHeader]: sign(principal, Date.now()) },
        });
      },
    };
  };
}

export type MakeActor = ReturnType<typeof createActors>;
