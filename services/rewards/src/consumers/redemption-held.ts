import { redemptionHeld } from '@ddp/contracts/rewards/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { RewardsDeps } from '../deps.ts';
import { reserveStock } from '../operations/reserve-stock.ts';

export const onRedemptionHeld = (deps: RewardsDeps) =>
  defineConsumer(redemptionHeld, (delivery) => reserveStock(deps, delivery));
