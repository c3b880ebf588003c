import { ratingWithdrawn } from '@ddp/contracts/ratings/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { undoWithdrawn } from '../operations/follow-rating.ts';

export const onRatingWithdrawn = (deps: PointsDeps) =>
  defineConsumer(ratingWithdrawn, (delivery) => undoWithdrawn(deps, delivery));
