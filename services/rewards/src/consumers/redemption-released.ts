import { redemptionReleased } from '@ddp/contracts/rewards/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { RewardsDeps } from '../deps.ts';
import { voidHold } from '../operations/void-hold.ts';

export const onRedemptionReleased = (deps: RewardsDeps) =>
  defineConsumer(redemptionReleased, (delivery) => voidHold(deps, delivery));
