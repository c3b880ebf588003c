import type { Principal } from '@ddp/contracts/principal';

/** What the middlewares of a service leave for its handlers. */
export interface RequestState {
  Variables: { requestId: string; principal: Principal; idempotencyKey: string };
}
