import { redemptionReserved } from '@ddp/contracts/rewards/events';
import { defineGroupConsumer } from '@ddp/queue-kit/consumer';
import type { RewardsDeps } from '../deps.ts';
import { issueVouchers } from '../operations/issue-vouchers.ts';

export const onRedemptionReserved = (deps: RewardsDeps) =>
  defineGroupConsumer(redemptionReserved, (deliveries) => issueVouchers(deps, deliveries));
