import { objectionAnswered } from '@ddp/contracts/notices/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { VolunteeringDeps } from '../deps.ts';
import { noteStarAnswer } from '../operations/follow-star-entry.ts';

export const onObjectionAnswered = (deps: VolunteeringDeps) =>
  defineConsumer(objectionAnswered, (delivery) => noteStarAnswer(deps, delivery));
