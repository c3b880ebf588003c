import { ratingSubmitted } from '@ddp/contracts/ratings/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { awardRating } from '../operations/award-rating.ts';

export const onRatingSubmitted = (deps: PointsDeps) =>
  defineConsumer(ratingSubmitted, (delivery) => awardRating(deps, delivery));
