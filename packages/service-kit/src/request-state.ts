import type { Principal } from '@ddp/contracts/principal';

export const requestIdHeader = 'x-request-id';

/** What the middlewares of a service leave for its handlers. */
export interface RequestState {
  Variables: {
    requestId: string;
    principal: Principal;
    /** The answer carries the request id already. */
    hasToldId?: boolean;
  };
}
