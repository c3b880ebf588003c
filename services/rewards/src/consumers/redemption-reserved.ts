import { redemptionReserved } from '@ddp/contracts/rewards/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { RewardsDeps } from '../deps.ts';
import { issueVoucher } from '../operations/issue-voucher.ts';

export const onRedemptionReserved = (deps: RewardsDeps) =>
  defineConsumer(redemptionReserved, (delivery) => issueVoucher(deps, delivery));
