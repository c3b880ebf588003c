import { redemptionRequested } from '@ddp/contracts/rewards/events';
import { defineGroupConsumer } from '@ddp/queue-kit/consumer';
import { isPeerAway } from '@ddp/service-kit/peer-away';
import type { RewardsDeps } from '../deps.ts';
import { holdPoints } from '../operations/hold-points.ts';

export const onRedemptionRequested = (deps: RewardsDeps) =>
  defineGroupConsumer(
    redemptionRequested,
    (deliveries) => holdPoints(deps, deliveries),
    isPeerAway,
  );
