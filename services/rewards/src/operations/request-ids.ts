import type { Delivery } from '@ddp/queue-kit/inbox';

/** Under which request each of the redemptions came that some deliveries name. */
export function requestIdsOf(
  deliveries: readonly Delivery<{ redemptionId: string }>[],
): Map<string, string> {
  return new Map(deliveries.map(({ payload, requestId }) => [payload.redemptionId, requestId]));
}
