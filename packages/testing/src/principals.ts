import type { Role } from '@ddp/contracts/permission';
import type { PersonPrincipal, Principal } from '@ddp/contracts/principal';
import { newId } from '@ddp/db-kit/ids';

const requestId = 'test-request';

export const anonymous: Principal = { kind: 'anonymous', deviceId: null, requestId };

/** A person in a role; ids are new unless given. */
export function personAs(role: Role, fields: Partial<PersonPrincipal> = {}): PersonPrincipal {
  return {
    kind: 'person',
    personId: newId(),
    sessionId: newId(),
    role,
    areaPaths: ['/1506/'],
    programmeId: null,
    merchantId: null,
    requestId,
    ...fields,
  };
}

export function serviceAs(service: string, onBehalfOf: string | null = null): Principal {
  return { kind: 'service', service, onBehalfOf, requestId };
}
