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
import { canonicalJson } from '@ddp/db-kit/command';
import { deriveId, newId } from '@ddp/db-kit/ids';
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

/**
 * Makes the people of the demo act without a phone in their hand, by principals of this process. The
 * key of a command follows from who asks for what the how-many-eth time, so that a filling that was
 * interrupted goes on where it stopped: what was done already gives its first answer.
 */
export function createActors(house: House, host: HostConfig) {
  return (fields: ActorFields): Actor => {
    const principal: Principal = {
      kind: 'person',
      sessionId: newId(),
      requestId,
      merchantId: null,
      ...fields,
    };
    const asked = new Map<string, number>();
    return {
      ...fields,
      call(route, input) {
        const what = `${route.name} ${canonicalJson(input)}`;
        const times = (asked.get(what) ?? 0) + 1;
        asked.set(what, times);
        const key = deriveId('demo', fields.personId, what, String(times));
        const sign = createPrincipalSigner(host.DDP_MASTER_KEY, route.service);
        return call(route, input, {
          baseUrl: `http://${route.service}.mounted`,
          fetch: house.fetchOf(route.service),
          ...(needsKey(route) ? { idempotencyKey: key } : {}),
          headers: { [principalHeader]: sign(principal, Date.now()) },
        });
      },
    };
  };
}

export type MakeActor = ReturnType<typeof createActors>;
