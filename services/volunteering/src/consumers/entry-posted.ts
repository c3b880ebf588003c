import { entryPosted } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { VolunteeringDeps } from '../deps.ts';
import { noteStarPosting } from '../operations/follow-star-entry.ts';

export const onEntryPosted = (deps: VolunteeringDeps) =>
  defineConsumer(entryPosted, (delivery) => noteStarPosting(deps, delivery));
