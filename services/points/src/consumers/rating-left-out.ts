import { ratingLeftOut } from '@ddp/contracts/ratings/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { noticeLeftOut } from '../operations/follow-rating.ts';

export const onRatingLeftOut = (deps: PointsDeps) =>
  defineConsumer(ratingLeftOut, (delivery) => noticeLeftOut(deps, delivery));
