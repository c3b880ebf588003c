import type { PayloadOf } from '@ddp/contracts/event';
import type { fundingChanged } from '@ddp/contracts/rewards/events';
import { type Delivery, handleOnce } from '@ddp/queue-kit/inbox';
import type { PointsDeps } from '../deps.ts';
import { keepFunding } from '../store/funding.ts';

/** Rewards tells what a benefit could pay out. */
export async function noteFunding(
  deps: PointsDeps,
  delivery: Delivery<PayloadOf<typeof fundingChanged>>,
): Promise<void> {
  await handleOnce(deps.store, delivery, (tx) => keepFunding(tx, delivery.payload));
}
