import { redemptionHeld } from '@ddp/contracts/rewards/events';
import { defineGroupConsumer } from '@ddp/queue-kit/consumer';
import type { RewardsDeps } from '../deps.ts';
import { reserveStock } from '../operations/reserve-stock.ts';

export const onRedemptionHeld = (deps: RewardsDeps) =>
  defineGroupConsumer(redemptionHeld, (deliveries) => reserveStock(deps, deliveries));
