import { postChanged } from '@ddp/contracts/directory/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { RatingsDeps } from '../deps.ts';
import { keepPostCard } from '../operations/keep-post-card.ts';

export const onPostChanged = (deps: RatingsDeps) =>
  defineConsumer(postChanged, (delivery) => keepPostCard(deps, delivery));
