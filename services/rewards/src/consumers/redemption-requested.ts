import { redemptionRequested } from '@ddp/contracts/rewards/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { RewardsDeps } from '../deps.ts';
import { holdPoints } from '../operations/hold-points.ts';

export const onRedemptionRequested = (deps: RewardsDeps) =>
  defineConsumer(redemptionRequested, (delivery) => holdPoints(deps, delivery));
