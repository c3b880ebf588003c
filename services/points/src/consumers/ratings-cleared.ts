import { ratingsCleared } from '@ddp/contracts/ratings/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { releaseCleared } from '../operations/hold-listed.ts';

export const onRatingsCleared = (deps: PointsDeps) =>
  defineConsumer(ratingsCleared, (delivery) => releaseCleared(deps, delivery));
