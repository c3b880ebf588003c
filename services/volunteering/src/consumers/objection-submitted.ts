import { objectionSubmitted } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { VolunteeringDeps } from '../deps.ts';
import { noteStarObjection } from '../operations/follow-star-entry.ts';

export const onObjectionSubmitted = (deps: VolunteeringDeps) =>
  defineConsumer(objectionSubmitted, (delivery) => noteStarObjection(deps, delivery));
