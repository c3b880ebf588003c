import { ratingsListed } from '@ddp/contracts/ratings/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { PointsDeps } from '../deps.ts';
import { holdListed } from '../operations/hold-listed.ts';

export const onRatingsListed = (deps: PointsDeps) =>
  defineConsumer(ratingsListed, (delivery) => holdListed(deps, delivery));
