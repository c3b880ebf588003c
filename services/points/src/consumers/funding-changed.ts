import { fundingChanged } from '@ddp/contracts/rewards/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { noteFunding } from '../operations/note-funding.ts';

export const onFundingChanged = (deps: PointsDeps) =>
  defineConsumer(fundingChanged, (delivery) => noteFunding(deps, delivery));
