import { personErased } from '@ddp/contracts/identity/events';
import { defineConsumer } from '@ddp/queue-kit/consumer';
import type { RatingsDeps } from '../deps.ts';
import { forgetPerson } from '../operations/forget-person.ts';

export const onPersonErased = (deps: RatingsDeps) =>
  defineConsumer(personErased, (delivery) => forgetPerson(deps, delivery));
