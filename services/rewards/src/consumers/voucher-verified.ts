import { voucherVerified } from '@ddp/contracts/rewards/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { RewardsDeps } from '../deps.ts';
import { postHold } from '../operations/post-hold.ts';

export const onVoucherVerified = (deps: RewardsDeps) =>
  defineConsumer(voucherVerified, (delivery) => postHold(deps, delivery));
