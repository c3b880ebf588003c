import { entryClosed } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { VolunteeringDeps } from '../deps.ts';
import { settleStarEntry } from '../operations/follow-star-entry.ts';

export const onEntryClosed = (deps: VolunteeringDeps) =>
  defineConsumer(entryClosed, (delivery) => settleStarEntry(deps, delivery));
