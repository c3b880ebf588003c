import { merchantAdmitted } from '@ddp/contracts/rewards/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { IdentityDeps } from '../deps.ts';
import { admitOwner } from '../operations/admit-owner.ts';

export const onMerchantAdmitted = (deps: IdentityDeps) =>
  defineConsumer(merchantAdmitted, (delivery) => admitOwner(deps, delivery));
