import { ratingRestored } from '@ddp/contracts/ratings/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { liftRestored } from '../operations/follow-rating.ts';

export const onRatingRestored = (deps: PointsDeps) =>
  defineConsumer(ratingRestored, (delivery) => liftRestored(deps, delivery));
